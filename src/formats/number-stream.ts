import { bytesDecoder, packedBitsDecoder } from "./decode-bytes";
import { digitsDecoder } from "./decode-digits";
import { LinesDecoder } from "./decode-lines";
import { wordsDecoder } from "./decode-words";
import { Deltas } from "./deltas";
import { NumberBlock, type Decoder } from "./number-block";
import type { SampleFormat } from "./sample-format";

/**
 * Takes samples as they come: the low and the high 32 bits of `length` of them. The arrays are filled anew afterwards.
 */
export type SampleVisitor = (lo: Uint32Array, hi: Uint32Array, length: number) => void;

/** Turns bytes, in chunks of any length, into samples: numbers, or differences of timestamps. */
export class NumberStream {
  samples = 0;
  private readonly decoder: Decoder;
  private readonly deltas: Deltas | null;
  private readonly block = new NumberBlock();

  /** @param path only to say where a mistake is */
  constructor(
    format: SampleFormat,
    path: string,
    private readonly visit: SampleVisitor,
  ) {
    this.decoder = decoderOf(format, path);
    this.deltas = deltasOf(format);
  }

  /** How often a clock went round, and backwards; null when the numbers are no timestamps. */
  get clock(): { readonly wraps: number; readonly backwards: number } | null {
    return this.deltas === null ? null : { wraps: this.deltas.wraps, backwards: this.deltas.backwards };
  }

  /** @throws UserError for bytes that are not in the format */
  feed(chunk: Uint8Array): void {
    const { decoder, block } = this;
    for (let at = 0; at < chunk.length; at += decoder.pieceLength) {
      decoder.decode(chunk.subarray(at, at + decoder.pieceLength), block);
      this.handOn();
    }
  }

  /** Hands on what was kept and is whole. @returns how many bytes are no whole number */
  finish(): number {
    const trailingBytes = this.decoder.finish(this.block);
    this.handOn();
    return trailingBytes;
  }

  private handOn(): void {
    const { block } = this;
    this.deltas?.apply(block);
    if (block.length > 0) this.visit(block.lo, block.hi, block.length);
    this.samples += block.length;
  }
}

function decoderOf(format: SampleFormat, path: string): Decoder {
  switch (format.kind) {
    case "bytes":
      return bytesDecoder();
    case "packed-bits":
      return packedBitsDecoder(format);
    case "words":
      return wordsDecoder(format);
    case "lines":
      return new LinesDecoder(format, path);
    case "digits":
      return digitsDecoder(format, path);
  }
}

function deltasOf(format: SampleFormat): Deltas | null {
  if (format.kind !== "words" && format.kind !== "lines") return null;
  return format.values === "samples" ? null : new Deltas(format.values, format.width);
}
