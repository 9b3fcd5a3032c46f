/** Streams that anyone can make again: AES-256-CTR keystreams (key: SHA-256 of a label, counter from 0), and shapes of them. */
import { createCipheriv, createHash } from "node:crypto";

/** How an input is made from the keystream of its label; `threshold` is out of 256. */
export type Shape =
  | { readonly kind: "keystream" }
  /** A bit is 1 if its keystream byte is below the threshold. */
  | { readonly kind: "biased"; readonly threshold: number }
  /** A bit differs from the one before it if its keystream byte is below the threshold. */
  | { readonly kind: "sticky"; readonly threshold: number }
  /** Every seventh block begins with the word that the block before it ended with. */
  | { readonly kind: "repeating" }
  /** 0, 1, ... 255, 0, 1, ... */
  | { readonly kind: "counter" }
  | { readonly kind: "zeros" };

/** The AES-256-CTR keystream of a label. */
export function keystream(label: string, length: number): Uint8Array {
  const key = createHash("sha256").update(label).digest();
  return createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

/** The input of a label and a shape, `length` bytes. */
export function makeInput(label: string, shape: Shape, length: number): Uint8Array {
  switch (shape.kind) {
    case "keystream":
      return keystream(label, length);
    case "biased": {
      const random = keystream(label, length * 8);
      return fromBits(length, (i) => (random[i] < shape.threshold ? 1 : 0));
    }
    case "sticky": {
      const random = keystream(label, length * 8);
      let bit = 0;
      return fromBits(length, (i) => (bit ^= random[i] < shape.threshold ? 1 : 0));
    }
    case "repeating": {
      const bytes = keystream(label, length);
      for (let word = 0; word + 8 <= length; word += 7 * 2500) bytes.copyWithin(word + 4, word, word + 4);
      return bytes;
    }
    case "counter":
      return Uint8Array.from({ length }, (_, i) => i & 255);
    case "zeros":
      return new Uint8Array(length);
  }
}

function fromBits(length: number, bit: (index: number) => number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length * 8; i++) bytes[i >> 3] |= bit(i) << (7 - (i & 7));
  return bytes;
}
