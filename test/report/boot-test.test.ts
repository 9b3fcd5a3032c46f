import assert from "node:assert/strict";
import type { BootTestReport, SamplesReport } from "../../src/model";
import type { BootRun, BootTestSet } from "../../src/model/boot-test";
import { bootTestPage } from "../../src/report/boot-test";
import { pageToMarkdown, pageToText } from "../../src/report/page";
import { finding, samplesReport } from "./fixtures";

const run = (number: number): BootRun<SamplesReport> => ({
  number,
  meta: [["source", "jitterentropy"]],
  drawNanoseconds: 1e9,
  bitsPerSecond: 42,
  samples: samplesReport,
});

const set = (raw: string, median: number, perSecond: number): BootTestSet<SamplesReport> => ({
  options: [
    ["kernel.jitterentropy.ml", "1"],
    ["kernel.jitterentropy.raw", raw],
  ],
  data: raw === "true" ? "raw" : "processed",
  runs: [run(0), run(1)],
  minEntropy: { least: median - 0.1, median, greatest: median + 0.1 },
  bitsPerSecond: { least: perSecond / 2, median: perSecond, greatest: perSecond * 2 },
});

const report: BootTestReport = {
  schemaVersion: 1,
  tool: { name: "entropy-check", version: "0.0.0" },
  kind: "boot-test",
  startedAt: "2026-01-01T00:00:00.000Z",
  finishedAt: "2026-01-01T00:01:00.000Z",
  verdict: "inconclusive",
  source: { kind: "boot-test", name: "jitter", file: "/t/jitter.boot-test.yaml", folder: "/t/jitter" },
  findings: [finding, finding],
  arch: "arm64",
  method: "qemu",
  entropySource: "jitterentropy",
  length: 1_048_576,
  bits: 8,
  iterations: 2,
  onlyMissing: false,
  booted: 3,
  warnings: [{ line: 4, column: 2, message: "ml has no effect.", remedy: "Set raw." }],
  sets: [set("true", 0.2, 12.3456), set("false", 5.77, 1_234_567.8)],
  pairs: [{ raw: 0, processed: 1 }],
  best: 0,
  failed: [
    { set: 1, number: 4, message: "The kernel panicked: \u001b[2J.", remedy: "Read the .log file.", consoleEnd: "" },
  ],
  unfinished: ["/t/jitter/entropy.000000004.bin"],
  others: 2,
};

describe("the report of a boot test in words", () => {
  it("has a row a set of parameters, the raw beside the processed, the best, and what went wrong", () => {
    assert.equal(
      pageToText(bootTestPage(report)),
      `Boot test jitter
================

jitterentropy on arm64 by qemu, 1,048,576 bytes a boot; 2 sets of parameters, 2 boots each. The runs
are in /t/jitter.

- Line 5: ml has no effect. Set raw.

Min-entropy, median over the runs
---------------------------------

parameters      runs  bits of 8  least..greatest  bits per second     least..greatest
ml=1 raw=true      2      0.200     0.100..0.300             12.3          6.17..24.7
ml=1 raw=false     2      5.770     5.670..5.870        1,234,568  617,284..2,469,136

Raw beside processed
--------------------

parameters    raw  processed
ml=1        0.200      5.770

The figures of processed data are no measure of the source: what went through a mixing or whitening
step looks random whatever went in. Judge and tune by the raw runs.

- Most entropy per unit of time: ml=1 raw=true.
- The times are those of an emulated machine: they compare these runs with one another, and say
  nothing of any hardware.
- Runs with the same parameters differ by some tenths of a bit; judge by several, and keep a margin:
  Zircon's tuning guide takes half.

- Run 4 (ml=1 raw=false) failed. The kernel panicked: \ufffd[2J. Read the .log file.
- /t/jitter/entropy.000000004.bin has no .meta file that fits it: that run did not finish.
- 2 runs in the folder, booted otherwise, left out.
- noise.bin holds 10 samples; SP 800-90B asks for 1,000,000. (So it is with 1 more run.) Collect
  more samples.

Inconclusive: 4 runs assessed, 3 boots made now, 1 failed.
`,
    );
  });

  it("has no table where nothing was recorded, and no comparison without processed data", () => {
    const nothing = {
      ...report,
      sets: [{ ...set("true", 1, 1), runs: [], minEntropy: null, bitsPerSecond: null }],
      pairs: [],
    };
    const text = pageToText(bootTestPage({ ...nothing, best: null, failed: [], findings: [] }));
    assert.doesNotMatch(text, /Min-entropy|Raw beside|per unit of time|emulated/);
  });

  it("is Markdown as well, in which no name acts", () => {
    const hostile = { ...report, source: { ...report.source, name: "<img src=x>" } };
    assert.match(pageToMarkdown(bootTestPage(hostile)), /^# Boot test \\<img src\\=x\\>\n/);
  });
});
