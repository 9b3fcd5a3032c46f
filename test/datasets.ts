import { createCipheriv, createHash } from "node:crypto";

/** Sample data that the golden figures are of: made of nothing but AES-256-CTR, so that any language can remake them. */
export interface Dataset {
  /** Bits per sample, one sample a byte. */
  readonly bits: number;
  readonly make: () => Uint8Array;
}

const SAMPLES = 1_000_000;

/** The keystream under SHA-256 of the label, from a zero counter on. */
export function keystream(label: string, length: number): Uint8Array {
  return encryptZeros(createHash("sha256").update(label).digest(), new Uint8Array(16), length);
}

/** 1000 samples of 3 bits whose mean rises half-way: the IID tests fail them by few statistics, thus soon. */
export const drifting = (): Uint8Array => keystream("drifting", 1000).map((byte, i) => (byte % 7) + (i < 500 ? 0 : 1));

function encryptZeros(key: Uint8Array, counter: Uint8Array, length: number): Uint8Array {
  return new Uint8Array(createCipheriv("aes-256-ctr", key, counter).update(new Uint8Array(length)));
}

/** A sample for each group of `size` bytes of the label's keystream; `sample` is given the bytes and where its group begins. */
function generate(
  label: string,
  size: number,
  sample: (bytes: Uint8Array, at: number, i: number) => number,
): Uint8Array {
  const bytes = keystream(label, size * SAMPLES);
  const samples = new Uint8Array(SAMPLES);
  for (let i = 0; i < SAMPLES; i++) samples[i] = sample(bytes, size * i, i);
  return samples;
}

/** What `openssl enc -aes-256-ctr -nosalt -k PASSWORD` makes of zeros: key and counter are chained SHA-256 digests. */
function encryptZerosByPassword(password: string): Uint8Array {
  const key = createHash("sha256").update(password).digest();
  const counter = createHash("sha256").update(key).update(password).digest().subarray(0, 16);
  return encryptZeros(key, counter, SAMPLES);
}

function sumOf(bytes: Uint8Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += bytes[i];
  return sum;
}

export const DATASETS = {
  "uniform-8": { bits: 8, make: () => keystream("uniform-8", SAMPLES) },
  "uniform-4": { bits: 4, make: () => keystream("uniform-4", SAMPLES).map((byte) => byte & 15) },
  "uniform-1": { bits: 1, make: () => keystream("uniform-1", SAMPLES).map((byte) => byte & 1) },
  "uniform-8-short": { bits: 8, make: () => keystream("uniform-8-short", 10_000) },
  "uniform-8-2m": { bits: 8, make: () => keystream("uniform-8-2m", 2 * SAMPLES) },
  "zeros-password-8": { bits: 8, make: () => encryptZerosByPassword("password") },
  "zeros-8": { bits: 8, make: () => new Uint8Array(SAMPLES) },
  "biased-1": { bits: 1, make: () => keystream("biased-1", SAMPLES).map((byte) => (byte < 179 ? 1 : 0)) },
  "markov-1": {
    bits: 1,
    make: () => {
      let state = 0;
      return generate("markov-1", 1, (bytes, at) => (state ^= bytes[at] < 77 ? 1 : 0));
    },
  },
  "skewed-2": {
    bits: 2,
    make: () => keystream("skewed-2", SAMPLES).map((byte) => (byte < 128 ? 0 : byte < 192 ? 1 : byte < 224 ? 2 : 3)),
  },
  "tent-3": { bits: 3, make: () => generate("tent-3", 2, (bytes, at) => ((bytes[at] & 7) + (bytes[at + 1] & 7)) >> 1) },
  "drift-4": {
    bits: 4,
    make: () => generate("drift-4", 2, (bytes, at, i) => (bytes[at] < 64 ? (i >> 12) & 15 : bytes[at + 1] & 15)),
  },
  "period-5": {
    bits: 5,
    make: () => generate("period-5", 1, (bytes, at, i) => (bytes[at] < 8 ? bytes[at] & 31 : (i * 7) % 31)),
  },
  "walk-6": {
    bits: 6,
    make: () => {
      let state = 32;
      return generate("walk-6", 1, (bytes, at) => {
        state += (bytes[at] % 3) - 1;
        if (state < 0) state = 1;
        if (state > 63) state = 62;
        return state;
      });
    },
  },
  "sparse-7": { bits: 7, make: () => keystream("sparse-7", SAMPLES).map((byte) => (byte & 127) ** 2 % 127) },
  "normal-8": { bits: 8, make: () => generate("normal-8", 16, (bytes, at) => sumOf(bytes, at, 16) >> 4) },
  "lag-8": {
    bits: 8,
    make: () => {
      const bytes = keystream("lag-8", 2 * SAMPLES);
      const samples = new Uint8Array(SAMPLES);
      for (let i = 0; i < SAMPLES; i++) samples[i] = i >= 37 && bytes[2 * i] < 128 ? samples[i - 37] : bytes[2 * i + 1];
      return samples;
    },
  },
  "stuck-8": { bits: 8, make: () => generate("stuck-8", 2, (bytes, at) => (bytes[at] === 0 ? bytes[at + 1] : 170)) },
  "repeat-8": {
    bits: 8,
    make: () => {
      const half = keystream("repeat-8", SAMPLES / 2);
      return Uint8Array.from({ length: SAMPLES }, (_, i) => half[i % half.length]);
    },
  },
  "counter-8": { bits: 8, make: () => Uint8Array.from({ length: SAMPLES }, (_, i) => i & 255) },
  "lcg-8": {
    bits: 8,
    make: () => {
      let state = 1;
      return Uint8Array.from({ length: SAMPLES }, () => {
        state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
        return state >>> 16;
      });
    },
  },
  /** As timings: a baseline with a cycle of 7 steps, a geometric tail, and a rare interrupt. */
  "jitter-8": {
    bits: 8,
    make: () =>
      generate("jitter-8", 3, (bytes, at, i) => {
        let tail = bytes[at] | (bytes[at + 1] << 8) | 0x10000;
        let delay = 40 + (i % 7);
        for (; (tail & 1) === 0; tail >>= 1) delay++;
        return bytes[at + 2] === 255 ? 200 + (tail & 31) : delay;
      }),
  },
} as const satisfies Record<string, Dataset>;

export type DatasetName = keyof typeof DATASETS;
