import assert from "node:assert/strict";
import type { SamplesReport } from "../../src/model";
import type { PreparationStep } from "../../src/model/preparation";
import { estimateWords, findEstimate } from "../../src/report/estimate-words";
import { explainEstimate } from "../../src/report/explain-estimate";
import { byteOf } from "../../src/report/explain-places";
import { BIASED_1 } from "../webview/estimates/biased-1";
import { JITTER_8 } from "../webview/estimates/jitter-8";
import { UNIFORM_8 } from "../webview/estimates/uniform-8";
import { samplesReport } from "./fixtures";

const input = { ...samplesReport.input, samples: 1_000_000, bits: 8, symbols: 256 };
const decoded = (format: string): PreparationStep => ({ step: "decoded", text: "", format, guessedBecause: null });
const uniform = { ...samplesReport, input: { ...input, preparation: [decoded("bytes")] }, estimates: UNIFORM_8 };
const jitter = { ...uniform, estimates: JITTER_8 };
const biased = { ...samplesReport, input: { ...input, bits: 1, symbols: 2 }, estimates: BIASED_1 };

const page = (report: SamplesReport, word: string): string => {
  const estimate = findEstimate(report, word);
  assert.ok(estimate !== null, word);
  return explainEstimate(report, estimate);
};

describe("the page on an estimate", () => {
  it("says for every estimator what it looks for, what decided it, and what ideal data score", () => {
    for (const report of [uniform, jitter, biased])
      for (const word of estimateWords(report)) {
        const text = page(report, word);
        assert.match(text, /^# .+: (the symbols as they are|their bits, end to end)\n\nSP 800-90B 6\.3\.\d+ /, word);
        for (const heading of ["What it looks for", "What decided it", "Against ideal data", "The figures"])
          assert.ok(text.includes(`\n## ${heading}\n`), `${word}: ${heading}`);
        assert.doesNotMatch(text, /undefined|NaN|null|\[object/, word);
      }
  });

  it("says that a value at its ceiling is no weakness, and sends nobody to look for one", () => {
    for (const word of ["markov:bitstring", "most-common-value:literal"]) {
      assert.match(page(uniform, word), /\*\*no weakness\*\*/);
      assert.doesNotMatch(page(uniform, word), /What to look at next/);
      assert.doesNotMatch(page(jitter, word), /no weakness/);
      assert.match(page(jitter, word), /below that: the estimator did find something[^]*## What to look at next/);
    }
  });

  it("names the place in the sequence and in the file", () => {
    assert.match(
      page(jitter, "most-common-value:literal"),
      /occurs 141,182 times, first at sample \d+ \(byte \d+ of the file\)/,
    );
    assert.match(
      page(jitter, "t-tuple:bitstring"),
      /- bit [\d,]+ \(bit \d of sample [\d,]+, byte [\d,]+ of the file\)/,
    );
    const text = { ...jitter, input: { ...jitter.input, preparation: [decoded("decimal")] } };
    assert.doesNotMatch(page(text, "lrs"), /of the file/);
  });

  it("shows what came from outside as it is: no markup of it is Markdown's or HTML's", () => {
    const name = "a](b)<img src=x>`\n# b*c*\u202e.bin";
    const text = page({ ...uniform, source: { ...uniform.source, name } }, "lag");
    assert.doesNotMatch(text, /[^\\]<img|\n# b|[^\\]\]\(|\u202e/);
  });

  it("is found by the estimator, and by the scope where it matters", () => {
    assert.equal(findEstimate(uniform, "lag:bitstring")?.scope, "bitstring");
    assert.equal(findEstimate(uniform, "lag")?.scope, "literal");
    assert.equal(findEstimate(uniform, "collision")?.scope, "bitstring");
    assert.equal(findEstimate(biased, "lag:bitstring"), null);
    assert.equal(findEstimate(uniform, "constructor"), null);
  });
});

describe("the byte of a sample", () => {
  it("follows from the format and the subset, where a sample has a byte of its own", () => {
    const subset: PreparationStep = { step: "subset", text: "", first: 1000, count: 10 };
    assert.equal(byteOf([decoded("bytes")], 5), 5);
    assert.equal(byteOf([decoded("bytes"), subset], 5), 1005);
    assert.equal(byteOf([decoded("packed-msb"), subset], 17), 127);
    assert.equal(byteOf([decoded("u32le"), subset], 5), 4020);
  });

  it("is not told of text, of differences, and of a folder of restarts", () => {
    const deltas: PreparationStep = { step: "timestamps-to-deltas", text: "", wraps: 0, backwards: 0 };
    const restarts: PreparationStep = { step: "restarts", text: "", first: "a", last: "b", leftOut: [] };
    for (const steps of [
      [decoded("decimal")],
      [decoded("hex-digits")],
      [decoded("u64le-timestamps"), deltas],
      [decoded("bytes"), restarts],
      [],
    ])
      assert.equal(byteOf(steps, 5), null);
  });
});
