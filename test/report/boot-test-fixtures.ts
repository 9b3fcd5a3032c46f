import type { BootTestReport, Finding, SamplesReport } from "../../src/model";
import type { BootRun, BootTestSet } from "../../src/model/boot-test";

/** The rest of a run's assessment does not matter here: its estimates and findings are another test's. */
export function bootRunOf(
  number: number,
  minEntropy: number,
  bitsPerSecond: number | null,
  findings: readonly Finding[] = [],
): BootRun<SamplesReport> {
  const file = `/lab/jitter/entropy.${String(number).padStart(9, "0")}.bin`;
  return {
    number,
    meta: [
      ["entropy-test", "qemu"],
      ["source", "jitterentropy"],
    ],
    drawNanoseconds: bitsPerSecond === null ? null : Math.round((minEntropy * 1_048_576 * 1e9) / bitsPerSecond),
    bitsPerSecond,
    samples: {
      schemaVersion: 1,
      tool: { name: "entropy-check", version: "0.1.0" },
      kind: "samples",
      startedAt: "2026-03-02T09:20:00.000Z",
      finishedAt: "2026-03-02T09:20:02.000Z",
      verdict: "pass",
      source: { kind: "samples", name: file.replace(/^.*\//, ""), file },
      findings,
      input: {
        file,
        sha256: String(number).repeat(64).slice(0, 64),
        samples: 1_048_576,
        symbols: 256,
        bits: 8,
        bitsInferred: false,
        preparation: [],
      },
      purpose: "initial",
      mostBits: null,
      requestedTrack: "non-iid",
      iid: null,
      track: "non-iid",
      estimates: [],
      hOriginal: minEntropy,
      hBitstring: minEntropy / 8,
      minEntropy,
      ceiling: null,
    },
  };
}

/** A set with its spread, which follows from the runs; an odd number of them. */
export function bootSetOf(
  options: BootTestSet<SamplesReport>["options"],
  data: BootTestSet<SamplesReport>["data"],
  runs: readonly BootRun<SamplesReport>[],
): BootTestSet<SamplesReport> {
  const spread = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null).sort((a, b) => a - b);
    const [least, greatest] = [known.at(0), known.at(-1)];
    if (least === undefined || greatest === undefined || known.length < values.length) return null;
    return { least, median: known[(known.length - 1) / 2], greatest };
  };
  return {
    options,
    data,
    runs,
    minEntropy: spread(runs.map(({ samples }) => samples.minEntropy)),
    bitsPerSecond: spread(runs.map(({ bitsPerSecond }) => bitsPerSecond)),
  };
}

function jitter(ml: string, bs: string, raw: boolean, runs: readonly BootRun<SamplesReport>[]) {
  return bootSetOf(
    [
      ["kernel.jitterentropy.ml", ml],
      ["kernel.jitterentropy.bs", bs],
      ["kernel.jitterentropy.raw", String(raw)],
    ],
    raw ? "raw" : "processed",
    runs,
  );
}

const TOO_FEW: Finding = {
  rule: "sp800-90b-sample-size",
  verdict: "fail",
  severity: "warning",
  subject: { kind: "samples", id: "/lab/jitter/entropy.000000000.bin", name: "entropy.000000000.bin" },
  message: "entropy.000000000.bin holds 1,000 samples; SP 800-90B asks for 1,000,000.",
  evidence: [],
  remedy: "Collect more samples.",
};

export const BOOT_MATRIX: BootTestReport = {
  schemaVersion: 1,
  tool: { name: "entropy-check", version: "0.1.0" },
  kind: "boot-test",
  startedAt: "2026-03-02T09:14:07.000Z",
  finishedAt: "2026-03-02T09:24:45.640Z",
  verdict: "inconclusive",
  source: { kind: "boot-test", name: "jitter", file: "/lab/jitter.boot-test.yaml", folder: "/lab/jitter" },
  findings: [TOO_FEW, { ...TOO_FEW, subject: { ...TOO_FEW.subject, id: "/lab/jitter/entropy.000000001.bin" } }],
  arch: "arm64",
  method: "qemu",
  entropySource: "jitterentropy",
  length: 1_048_576,
  bits: 8,
  iterations: 3,
  onlyMissing: false,
  booted: 11,
  warnings: [
    {
      line: 9,
      column: 4,
      message: "kernel.jitterentropy.ml has no effect in 2 of 4 sets of parameters.",
      remedy: "Set kernel.jitterentropy.raw to true where it is to vary.",
    },
  ],
  sets: [
    jitter("1", "64", true, [
      bootRunOf(0, 0.21, 14_200, [TOO_FEW]),
      bootRunOf(1, 0.26, 15_900),
      bootRunOf(2, 0.32, 19_000),
    ]),
    jitter("1", "64", false, [bootRunOf(3, 5.7, 9_100), bootRunOf(4, 5.77, 9_300), bootRunOf(5, 5.81, 9_350)]),
    jitter("32", "64", true, [bootRunOf(6, 1.32, 4_100), bootRunOf(7, 1.45, 4_400), bootRunOf(8, 1.51, 4_700)]),
    jitter("32", "64", false, [bootRunOf(9, 5.75, 2_900)]),
  ],
  pairs: [
    { raw: 0, processed: 1 },
    { raw: 2, processed: 3 },
  ],
  best: 0,
  failed: [
    {
      set: 3,
      number: 10,
      message: "The kernel panicked: ASSERT FAILED at (kernel/lib/crypto/entropy/quality_test.cpp:73).",
      remedy: "Read the .log file beside the data.",
      consoleEnd: "[00000.000] INIT: cpu 0\n\u001b[2J<img src=x onerror=alert(1)>\npanic (caller 0xffff)\n",
    },
    { set: 3, number: 11, message: "The boot took longer than 300 s.", remedy: "Raise timeout.", consoleEnd: "" },
  ],
  unfinished: ["/lab/jitter/entropy.000000010.bin"],
  others: 2,
};

/** One set, without a matrix, from a command that does not tell how long it drew. */
export const BOOT_SINGLE: BootTestReport = {
  ...BOOT_MATRIX,
  verdict: "pass",
  findings: [],
  method: "command",
  length: null,
  iterations: 1,
  booted: 1,
  warnings: [],
  sets: [bootSetOf([], null, [bootRunOf(0, 7.88, null)])],
  pairs: [],
  best: null,
  failed: [],
  unfinished: [],
  others: 0,
};

/** Nothing came of it. */
export const BOOT_NOTHING: BootTestReport = {
  ...BOOT_SINGLE,
  verdict: "inconclusive",
  sets: [bootSetOf([], null, [])],
  booted: 0,
  failed: [{ set: 0, number: 0, message: "The boot ended without data.", remedy: "Read the log.", consoleEnd: "" }],
};
