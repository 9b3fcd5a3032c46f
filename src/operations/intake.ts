import { createHash } from "node:crypto";
import { NumberStream } from "../formats/number-stream";
import { meaningOfNumbers, numberWidth, sampleFormatId, type SampleFormat } from "../formats/sample-format";
import type { CaptureLimit } from "../machine/capture";
import type { HealthTestParameters } from "../model/health-tests";
import { RunningTest } from "../sp800-90b/running";
import { formatNotCountable } from "./collection-errors";

const LINE_END = 10;

/**
 * How much of a source so many samples are.
 * @throws UserError for a format in which that cannot be told
 */
export function limitOf(format: SampleFormat, samples: number): CaptureLimit {
  // of timestamps the differences are the samples
  const numbers = meaningOfNumbers(format) === "samples" ? samples : samples + 1;
  switch (format.kind) {
    case "bytes":
      return { unit: "bytes", count: samples };
    case "packed-bits":
      return { unit: "bytes", count: Math.ceil(samples / 8) };
    case "words":
      return { unit: "bytes", count: (numbers * format.width) / 8 };
    case "lines":
      return { unit: "lines", count: numbers };
    case "digits":
      throw formatNotCountable(sampleFormatId(format));
  }
}

/** What has come of a collection: it is counted, hashed and tested as it comes. */
export class Intake {
  readonly running: RunningTest;
  /** Bytes or lines, as the limit counts them. */
  units = 0;
  bytes = 0;
  private lastLineEnd = 0;
  private readonly hash = createHash("sha256");
  private readonly numbers: NumberStream;
  private readonly wordBytes: number;

  /** @param bits the low bits of each sample that the running test looks at @param path only to say where a mistake is */
  constructor(
    format: SampleFormat,
    private readonly limit: CaptureLimit,
    bits: number,
    claim: HealthTestParameters | null,
    path: string,
  ) {
    const running = new RunningTest(bits, claim);
    const mask = 2 ** bits - 1;
    this.running = running;
    this.wordBytes = format.kind === "words" ? numberWidth(format) / 8 : 1;
    this.numbers = new NumberStream(format, path, (lo, _hi, length) => {
      const symbols = new Uint8Array(length);
      for (let i = 0; i < length; i++) symbols[i] = lo[i] & mask;
      running.feed(symbols);
    });
  }

  isComplete(): boolean {
    return this.units >= this.limit.count;
  }

  get samples(): number {
    return this.numbers.samples;
  }

  /** Of all that came, lower-case hex. */
  get sha256(): string {
    return this.hash.copy().digest("hex");
  }

  /** Bytes up to which whole numbers came. */
  get whole(): number {
    return this.limit.unit === "lines" ? this.lastLineEnd : this.bytes - (this.bytes % this.wordBytes);
  }

  /** Of a chunk, as much as is still wanted. */
  wanted(chunk: Uint8Array): Uint8Array {
    const left = this.limit.count - this.units;
    if (this.limit.unit === "bytes") return chunk.subarray(0, left);
    let end = 0;
    for (let lines = 0; lines < left; lines++) {
      const at = chunk.indexOf(LINE_END, end);
      if (at < 0) return chunk;
      end = at + 1;
    }
    return chunk.subarray(0, end);
  }

  /** @throws UserError for bytes that are not in the format */
  take(chunk: Uint8Array): void {
    this.hash.update(chunk);
    this.numbers.feed(chunk);
    if (this.limit.unit === "bytes") {
      this.units += chunk.length;
    } else {
      for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, at + 1)) {
        this.units++;
        this.lastLineEnd = this.bytes + at + 1;
      }
    }
    this.bytes += chunk.length;
  }

  finish(): void {
    this.numbers.finish();
  }
}
