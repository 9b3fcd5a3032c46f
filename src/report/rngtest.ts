import type { Fips140Result, Fips140Test } from "../model";

/** Bits of a FIPS 140-2 block. */
const BLOCK_BITS = 20_000;

/** How long each of some blocks took, microseconds. */
export interface BlockTimes {
  readonly blocks: number;
  readonly least: number;
  readonly most: number;
  readonly sum: number;
}

/** What rngtest counts. */
export interface RngtestCounts extends Pick<Fips140Result, "successes" | "failures" | "failuresByTest"> {
  readonly bytesReceived: number;
  readonly input: BlockTimes;
  readonly tests: BlockTimes;
  /** null without -p. */
  readonly output: { readonly times: BlockTimes; readonly bytesSent: number } | null;
  readonly microseconds: number;
}

const TESTS: readonly (readonly [Fips140Test, string])[] = [
  ["monobit", "Monobit"],
  ["poker", "Poker"],
  ["runs", "Runs"],
  ["long-run", "Long run"],
  ["continuous-run", "Continuous run"],
];

/** The statistics that rngtest of rng-tools 5 writes to standard error. */
export function rngtestStatistics(counts: RngtestCounts): string {
  const { bytesReceived, successes, failures, failuresByTest, input, tests, output, microseconds } = counts;
  const lines = [
    `bits received from input: ${8 * bytesReceived}`,
    ...(output === null ? [] : [`bits sent to output: ${8 * output.bytesSent}`]),
    `FIPS 140-2 successes: ${successes}`,
    `FIPS 140-2 failures: ${failures}`,
    ...TESTS.map(([test, name]) => `FIPS 140-2(2001-10-10) ${name}: ${failuresByTest[test]}`),
    `input channel speed: ${speed(input)}`,
    `FIPS tests speed: ${speed(tests)}`,
    ...(output === null ? [] : [`output channel speed: ${speed(output.times)}`]),
    `Program run time: ${Math.round(microseconds)} microseconds`,
  ];
  return lines.map(rngtestLine).join("");
}

/** A line of rngtest's own. */
export function rngtestLine(text: string): string {
  return `rngtest: ${text}\n`;
}

/** Below what clocks tell apart, microseconds. */
const LEAST_TIME = 1e-3;

const UNITS = ["bits", "Kibits", "Mibits", "Gibits", "Tibits"];

/** In the largest unit of which all three are at least one. */
function speed({ blocks, least, most, sum }: BlockTimes): string {
  const bits = 1e6 * BLOCK_BITS;
  const speeds =
    blocks === 0 ? [0, 0, 0] : [most, sum / blocks, least].map((time) => bits / Math.max(time, LEAST_TIME));
  const scale = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, Math.min(...speeds))) / 10));
  const [min, avg, max] = speeds.map((value) => (value / 1024 ** scale).toFixed(3));
  return `(min=${min}; avg=${avg}; max=${max})${UNITS[scale]}/s`;
}
