import { createCipheriv, createHash } from "node:crypto";

/** A stream of samples: as many more as are asked for. */
export type Noise = (length: number) => Buffer;

/** What uniform random bytes look like: AES-256-CTR under SHA-256 of the label, from a zero counter. */
export function uniform(label: string): Noise {
  const key = createHash("sha256").update(`entropy-check demo: ${label}`).digest();
  const cipher = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
  return (length) => cipher.update(Buffer.alloc(length));
}

/** Bytes whose bits are 1 more often: of sixteen, one that a coin would have made 0. */
export function biased(label: string): Noise {
  const [bytes, ...masks] = ["", " mask 1", " mask 2", " mask 3"].map((part) => uniform(label + part));
  return (length) => {
    const drawn = bytes(length);
    const [a, b, c] = masks.map((mask) => mask(length));
    for (let i = 0; i < length; i++) drawn[i] |= a[i] & b[i] & c[i];
    return drawn;
  };
}

/** Samples of four bits on a bell curve, as of thermal noise: the number of heads among fifteen coins. */
export function bell(label: string): Noise {
  const coins = uniform(label);
  return (length) => {
    const drawn = coins(2 * length);
    return Buffer.from(Uint8Array.from({ length }, (_, i) => heads(drawn[2 * i]) + heads(drawn[2 * i + 1] & 0x7f)));
  };
}

/** The number of bits of a byte that are 1. */
export function heads(byte: number): number {
  let count = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) count++;
  return count;
}
