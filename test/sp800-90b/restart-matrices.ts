import { keystream } from "../datasets";

const SAMPLES = 1_000_000;

/** The matrices that the golden figures are of. */
export const restartMatrices = {
  "uniform-8": () => keystream("restart-uniform-8", SAMPLES),
  "biased-1": () => keystream("restart-biased-1", SAMPLES).map((byte) => (byte < 179 ? 1 : 0)),
  /** The first 16 samples after each restart are almost fixed. */
  "cold-4": () => {
    const random = keystream("restart-cold-4", 2 * SAMPLES);
    return Uint8Array.from({ length: SAMPLES }, (_, i) =>
      i % 1000 < 16 && random[2 * i] < 240 ? i % 1000 : random[2 * i + 1] & 15,
    );
  },
  "normal-8": () => {
    const random = keystream("restart-normal-8", 16 * SAMPLES);
    return Uint8Array.from({ length: SAMPLES }, (_, i) => {
      let sum = 0;
      for (let k = 0; k < 16; k++) sum += random[16 * i + k];
      return sum >> 4;
    });
  },
};
