/** FIPS 140-2 block tests over a stream, in chunks of any size, as `rngtest -c BLOCKS` reads its standard input. */
import type { Fips140Result, Fips140Test } from "../model";
import { BLOCK_BYTES, testBlock, wordAt } from "./block-tests";

/** The stream begins with one word that is only compared with the next (FIPS 140-2, 4.9.2), never tested itself. */
const BOOTSTRAP_BYTES = 4;

/** How many bytes of a source it takes to test `blocks` blocks. */
export const bytesForBlocks = (blocks: number): number => BOOTSTRAP_BYTES + blocks * BLOCK_BYTES;

/** Counts the good and the bad blocks of a stream; bytes after the last requested block are not looked at. */
export class BlockTestStream {
  /** Bytes that wait for the rest of their block; at first, of the bootstrap word. */
  private readonly pending = new Uint8Array(BLOCK_BYTES);
  private pendingBytes = 0;
  private previousWord: number | null = null;
  private successes = 0;
  private failures = 0;
  private readonly failuresByTest: Record<Fips140Test, number> = {
    monobit: 0,
    poker: 0,
    runs: 0,
    "long-run": 0,
    "continuous-run": 0,
  };

  /** @param blocksRequested after so many blocks the stream is {@link done} */
  constructor(private readonly blocksRequested: number) {}

  get blocksTested(): number {
    return this.successes + this.failures;
  }

  get done(): boolean {
    return this.blocksTested >= this.blocksRequested;
  }

  /** Feeds the next bytes of the stream. */
  update(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length && !this.done) {
      const wanted = this.previousWord === null ? BOOTSTRAP_BYTES : BLOCK_BYTES;
      if (this.pendingBytes === 0 && chunk.length - at >= wanted) {
        this.take(chunk, at);
        at += wanted;
        continue;
      }
      const part = chunk.subarray(at, at + wanted - this.pendingBytes);
      this.pending.set(part, this.pendingBytes);
      this.pendingBytes += part.length;
      at += part.length;
      if (this.pendingBytes === wanted) {
        this.take(this.pending, 0);
        this.pendingBytes = 0;
      }
    }
  }

  /** What was counted so far; fewer blocks than requested if the stream ended early. */
  result(): Fips140Result {
    return {
      judgedBy: "entropy-check",
      blocksRequested: this.blocksRequested,
      successes: this.successes,
      failures: this.failures,
      failuresByTest: { ...this.failuresByTest },
    };
  }

  private take(bytes: Uint8Array, start: number): void {
    if (this.previousWord === null) {
      this.previousWord = wordAt(bytes, start);
      return;
    }
    const failed = testBlock(bytes, start, this.previousWord);
    this.previousWord = wordAt(bytes, start + BLOCK_BYTES - 4);
    if (failed.length === 0) this.successes++;
    else this.failures++;
    for (const test of failed) this.failuresByTest[test]++;
  }
}
