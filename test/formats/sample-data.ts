import { createCipheriv, createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { numberWidth, type SampleFormat } from "../../src/formats/sample-format";

/** Bytes that are uniform, and the same in every run: the AES-256-CTR key stream of a label. */
export function noise(label: string, length: number): Uint8Array {
  const key = createHash("sha256").update(label).digest();
  return createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

/** Time differences as jitterentropy measures them: around a thousand, with a tail. */
export function jitter(label: string, count: number): bigint[] {
  const bytes = noise(label, 4 * count);
  return Array.from({ length: count }, (_, i) => {
    const [a, b, c, d] = bytes.subarray(4 * i, 4 * i + 4);
    return BigInt(900 + (a & 63) + (b & 63) + (c < 4 ? 40 * d : 0));
  });
}

/** The readings of a clock from `start` on that differ by the deltas, modulo 2^width. */
export function clock(start: bigint, deltas: readonly bigint[], width: 16 | 32 | 64): bigint[] {
  let now = start;
  return [start, ...deltas.map((delta) => (now = BigInt.asUintN(width, now + delta)))];
}

/** Writes numbers as a file of the format has them. */
export function encode(format: SampleFormat, numbers: readonly bigint[]): Uint8Array {
  switch (format.kind) {
    case "bytes":
      return Uint8Array.from(numbers, Number);
    case "packed-bits": {
      const bytes = new Uint8Array(Math.ceil(numbers.length / 8));
      numbers.forEach((bit, i) => {
        const place = format.first === "msb" ? 7 - (i % 8) : i % 8;
        bytes[i >> 3] |= Number(bit) << place;
      });
      return bytes;
    }
    case "digits":
      return Buffer.from(numbers.map((n) => (format.radix === 2 ? `${n}` : n.toString(16).padStart(2, "0"))).join(""));
    case "words": {
      const bytes = Buffer.alloc((numbers.length * format.width) / 8);
      const wide = format.width / 8;
      numbers.forEach((number, i) => {
        for (let byte = 0; byte < wide; byte++) {
          const place = format.byteOrder === "little" ? byte : wide - 1 - byte;
          bytes[i * wide + place] = Number((number >> BigInt(8 * byte)) & 255n);
        }
      });
      return bytes;
    }
    case "lines": {
      const row = (number: bigint, i: number): string =>
        Array.from({ length: format.columns }, (_, column) =>
          (column + 1 === format.column ? number : BigInt(i % 7)).toString(format.radix),
        ).join(" ");
      return Buffer.from(numbers.map((number, i) => `${row(number, i)}\n`).join(""));
    }
  }
}

/** The largest number that a file of the format can hold. */
export function greatest(format: SampleFormat): bigint {
  if (format.kind === "packed-bits" || (format.kind === "digits" && format.radix === 2)) return 1n;
  return (1n << BigInt(numberWidth(format))) - 1n;
}

/** A folder that is gone when the test is over; `write` puts a file into it. */
export async function withFolder<T>(
  use: (write: (name: string, content: string | Uint8Array) => Promise<string>, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "entropy-check-"));
  try {
    return await use(async (name, content) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    }, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
