import { version } from "../../package.json";
import { UserError } from "../errors";
import { BLOCK_BYTES, testBlock, wordAt } from "../fips140/block-tests";
import { rngtestLine, rngtestStatistics, type BlockTimes } from "../report/rngtest";
import { BytePieces } from "./byte-pieces";
import { parseCommandLine, type Command, type Terminal } from "./command";

/** As rng-tools' exits.h has them. */
const EXIT = { good: 0, bad: 1, usage: 10, inputOutput: 11 } as const;
const WORD_BYTES = 4;

const USAGE = `Usage: rngtest [-c n] [-b n] [-t n] [-p] < input

Runs the FIPS 140-2 tests on blocks of 20000 bits of standard input. Statistics and messages go to standard error, in the
words of rngtest of rng-tools 5.

  -c, --blockcount=n   end after n blocks; without it, or 0, at the end of the input
  -b, --blockstats=n   write the statistics every n blocks
  -t, --timedstats=n   write the statistics every n seconds
  -p, --pipe           copy the good blocks to standard output, and write the statistics alone
  -V, --version        tell the version

Exit codes: 0 all blocks are good, 1 a block is bad or there was none, 10 bad usage, 11 input or output failed.
`;

export const rngtestCommand: Command = {
  usage: USAGE,
  run: async (args, terminal) => {
    const options = parseOptions(args);
    if (options === null) {
      terminal.warn(USAGE);
      return EXIT.usage;
    }
    if (options.version) {
      terminal.print(`${told()}\n`);
      return EXIT.good;
    }
    if (!options.pipe) terminal.warn(`${told()}\n\n${rngtestLine("starting FIPS tests...")}`);
    return new Rngtest(options, terminal).run();
  },
};

interface Options {
  /** 0: no end. */
  readonly blocks: number;
  /** 0: never. */
  readonly statisticsBlocks: number;
  readonly statisticsSeconds: number;
  readonly pipe: boolean;
  readonly version: boolean;
}

function told(): string {
  return `rngtest of entropy-check ${version}, in the words of rngtest 5`;
}

/** null for a command line that is none. */
function parseOptions(args: readonly string[]): Options | null {
  try {
    const { values } = parseCommandLine("rngtest", {
      args: [...args],
      options: {
        blockcount: { type: "string", short: "c", default: "0" },
        blockstats: { type: "string", short: "b", default: "0" },
        timedstats: { type: "string", short: "t", default: "0" },
        pipe: { type: "boolean", short: "p", default: false },
        version: { type: "boolean", short: "V", default: false },
      },
    });
    const counts = [values.blockcount, values.blockstats, values.timedstats];
    if (counts.some((text) => !/^\d{1,15}$/.test(text))) return null;
    const [blocks, statisticsBlocks, statisticsSeconds] = counts.map(Number);
    return { blocks, statisticsBlocks, statisticsSeconds, pipe: values.pipe, version: values.version };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** One run over standard input. */
class Rngtest {
  readonly #started = performance.now();
  readonly #input: BytePieces;
  readonly #inputTimes = new Times();
  readonly #testTimes = new Times();
  readonly #outputTimes = new Times();
  readonly #failuresByTest = { monobit: 0, poker: 0, runs: 0, "long-run": 0, "continuous-run": 0 };
  #successes = 0;
  #failures = 0;
  #sent = 0;

  constructor(
    private readonly options: Options,
    private readonly terminal: Terminal,
  ) {
    this.#input = new BytePieces(terminal.input());
  }

  async run(): Promise<number> {
    try {
      // in a pipe the first word is dropped
      if (this.options.pipe && (await this.#input.read(WORD_BYTES)) === null) return EXIT.bad;
      const bootstrap = await this.#read(WORD_BYTES);
      if (bootstrap === null) return EXIT.bad;
      await this.#testBlocks(wordAt(bootstrap, 0));
    } catch (error) {
      // an interrupted run has its statistics, too
      if (!this.terminal.signal.aborted) return this.#broken(error);
    } finally {
      await this.#input.close();
    }
    this.#writeStatistics();
    return this.#failures > 0 || this.#successes === 0 ? EXIT.bad : EXIT.good;
  }

  async #testBlocks(bootstrap: number): Promise<void> {
    const { blocks, statisticsBlocks, statisticsSeconds, pipe } = this.options;
    let previous = bootstrap;
    let written = performance.now();
    for (let tested = 1; ; tested++) {
      const asked = performance.now();
      const block = await this.#read(BLOCK_BYTES);
      if (block === null) return;
      this.#inputTimes.add(asked);
      const began = performance.now();
      const failed = testBlock(block, 0, previous);
      this.#testTimes.add(began);
      previous = wordAt(block, BLOCK_BYTES - WORD_BYTES);
      for (const test of failed) this.#failuresByTest[test]++;
      if (failed.length > 0) this.#failures++;
      else {
        this.#successes++;
        if (pipe) await this.#send(block);
      }
      if (tested === blocks) return;
      const late = statisticsSeconds > 0 && performance.now() - written > 1000 * statisticsSeconds;
      if (late || (statisticsBlocks > 0 && tested % statisticsBlocks === 0)) {
        this.#writeStatistics();
        written = performance.now();
      }
    }
  }

  async #read(size: number): Promise<Uint8Array | null> {
    const piece = await this.#input.read(size);
    if (piece === null && !this.options.pipe) this.terminal.warn(rngtestLine("entropy source drained"));
    return piece;
  }

  async #send(block: Uint8Array): Promise<void> {
    const began = performance.now();
    await this.terminal.write(block);
    this.#outputTimes.add(began);
    this.#sent += block.length;
  }

  #broken(error: unknown): number {
    const reason = error instanceof Error ? error.message : String(error);
    this.terminal.warn(rngtestLine(`error reading input or writing to output: ${reason}`));
    this.#writeStatistics();
    return EXIT.inputOutput;
  }

  #writeStatistics(): void {
    const text = rngtestStatistics({
      bytesReceived: this.#input.received,
      successes: this.#successes,
      failures: this.#failures,
      failuresByTest: this.#failuresByTest,
      input: this.#inputTimes,
      tests: this.#testTimes,
      output: this.options.pipe ? { times: this.#outputTimes, bytesSent: this.#sent } : null,
      microseconds: 1000 * (performance.now() - this.#started),
    });
    this.terminal.warn(text);
  }
}

class Times implements BlockTimes {
  blocks = 0;
  least = Infinity;
  most = 0;
  sum = 0;

  /** @param began as `performance.now()` has it */
  add(began: number): void {
    const microseconds = 1000 * (performance.now() - began);
    this.blocks++;
    this.least = Math.min(this.least, microseconds);
    this.most = Math.max(this.most, microseconds);
    this.sum += microseconds;
  }
}
