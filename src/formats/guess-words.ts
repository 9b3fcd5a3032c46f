import { guessMeaning } from "./guess-clock";
import type { ByteOrder, FormatGuess } from "./sample-format";

/** With fewer bytes at each place than these, chance alone makes their entropies differ. */
const ENOUGH_PER_PLACE = 64;

/** A difference in Shannon entropy, bits per byte, that chance does not make. */
const TELLING = 0.5;

/**
 * Guesses numbers of 16, 32 or 64 bits in a binary file: as timestamps because they grow, or else because the most
 * significant bytes vary less than the least significant ones. The places are compared by their entropies, not their
 * distributions, for these differ in any periodic sequence of bytes too.
 */
export function guessWords(head: Uint8Array): readonly FormatGuess[] {
  return [...guessTimestamps(head), ...guessByPlaces(head)];
}

function guessTimestamps(head: Uint8Array): readonly FormatGuess[] {
  const widths: readonly (32 | 64)[] = [32, 64];
  const orders: readonly ByteOrder[] = ["little", "big"];
  return widths.flatMap((width) =>
    orders.flatMap((byteOrder) => {
      const values = guessMeaning(numbersOf(head, width, byteOrder), width);
      if (values === "samples") return [];
      const reason = `Read as ${width}-bit ${byteOrder}-endian numbers, its values grow like those of a clock.`;
      return [{ format: { kind: "words", width, byteOrder, values }, reason } as const];
    }),
  );
}

function numbersOf(head: Uint8Array, width: 32 | 64, byteOrder: ByteOrder): readonly bigint[] {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const little = byteOrder === "little";
  return Array.from({ length: Math.floor(head.length / (width / 8)) }, (_, i) =>
    width === 32 ? BigInt(view.getUint32(4 * i, little)) : view.getBigUint64(8 * i, little),
  );
}

function guessByPlaces(head: Uint8Array): readonly FormatGuess[] {
  if (head.length < 8 * ENOUGH_PER_PLACE) return [];
  const entropies = entropiesByPlace(head, 8);
  const width = ([8, 16, 32, 64] as const).find((bits) =>
    entropies.every((entropy, place) => Math.abs(entropy - entropies[place % (bits / 8)]) < TELLING),
  );
  if (width === undefined || width === 8) return [];
  const fall = entropies[0] - entropies[width / 8 - 1];
  if (Math.abs(fall) < TELLING) return [];
  const byteOrder = fall > 0 ? "little" : "big";
  const reason =
    `The ${fall > 0 ? "last" : "first"} of every ${width / 8} bytes varies less than the ` +
    `${fall > 0 ? "first" : "last"}, as the high byte of ${width}-bit ${byteOrder}-endian numbers does.`;
  return [{ format: { kind: "words", width, byteOrder, values: "samples" }, reason }];
}

/** Shannon entropy of the bytes whose place modulo `places` is 0, 1, ... */
function entropiesByPlace(bytes: Uint8Array, places: number): readonly number[] {
  const histograms = Array.from({ length: places }, () => new Float64Array(256));
  const whole = bytes.length - (bytes.length % places);
  for (let i = 0; i < whole; i++) histograms[i % places][bytes[i]]++;
  return histograms.map((histogram) =>
    histogram.reduce((sum, count) => {
      const share = count / (whole / places);
      return share === 0 ? sum : sum - share * Math.log2(share);
    }, 0),
  );
}
