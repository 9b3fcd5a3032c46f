import { heads, uniform } from "./noise";

const SAMPLES = 1_000_000;

/** A file of samples that the demo brings along: one byte a symbol, the same bytes on every machine. */
export interface DemoSamples {
  readonly name: string;
  /** What it stands for, one sentence. */
  readonly about: string;
  readonly make: () => Uint8Array;
}

/** What SP 800-90B asks for, in three qualities; and two faults that the tests of a source find. */
export const DEMO_SAMPLES: readonly DemoSamples[] = [
  {
    name: "good-8bit.bin",
    about:
      "Bytes that look perfectly random: the keystream of AES-256 (so this shows what good looks like, not a source).",
    make: () => keystream("good", SAMPLES),
  },
  {
    name: "biased-1bit.bin",
    about: "Bits of a source that says 1 six times in ten.",
    make: () => keystream("biased", SAMPLES).map((byte) => (byte < 0.6 * 256 ? 1 : 0)),
  },
  {
    name: "timing-8bit.bin",
    about:
      "The low bytes of simulated time measurements: a bell curve that drifts, with a timer interrupt now and then.",
    make: timing,
  },
  {
    name: "stuck-8bit.bin",
    about: "Random bytes that stick at one value for a moment, and later prefer another: for the health tests.",
    make: stuck,
  },
  {
    name: "restarts-4bit.bin",
    about:
      "The first 1000 samples of each of 1000 restarts of a source that needs to warm up: good in a row, alike in a column.",
    make: restarts,
  },
];

/** Each measurement is the number of ones in three random bytes, on a slow drift, longer by 40 at each interrupt. */
function timing(): Uint8Array {
  const noise = keystream("timing", 3 * SAMPLES);
  const samples = new Uint8Array(SAMPLES);
  let drift = 100;
  for (let i = 0, n = 0; i < SAMPLES; i++, n += 3) {
    if (i % 4096 === 0) drift = 96 + (noise[n] % 9);
    samples[i] = drift + heads(noise[n]) + heads(noise[n + 1]) + heads(noise[n + 2]) + (i % 250 === 0 ? 40 : 0);
  }
  return samples;
}

/** Faults of two kinds: a run of one value, and for four windows of 512 every eighth sample the same. */
function stuck(): Uint8Array {
  const samples = keystream("stuck", SAMPLES);
  samples.fill(0x5a, 400_000, 400_060);
  for (let i = 700_416; i < 702_464; i += 8) samples[i] = 0x33;
  return samples;
}

/** Restart after restart; four in five restarts begin with the same four samples. */
function restarts(): Uint8Array {
  const noise = keystream("restarts", SAMPLES);
  return noise.map((byte, i) => (i % 1000 < 4 && noise[i - (i % 1000)] < 0.8 * 256 ? (i % 1000) + 5 : byte & 15));
}

function keystream(label: string, length: number): Uint8Array {
  return uniform(label)(length);
}
