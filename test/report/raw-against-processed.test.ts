import assert from "node:assert/strict";
import type { SamplesReport } from "../../src/model";
import type { Encryption } from "../../src/model/raw-against-processed";
import { pageToText } from "../../src/report/page";
import { rawAgainstProcessed, rawAgainstProcessedPage } from "../../src/report/raw-against-processed";
import { samplesReport } from "./fixtures";

function report(name: string, minEntropy: number | null, more: Partial<SamplesReport> = {}): SamplesReport {
  return {
    ...samplesReport,
    source: { kind: "samples", name, file: `/lab/${name}` },
    input: { ...samplesReport.input, file: `/lab/${name}`, sha256: name.padEnd(64, "0"), bits: 8 },
    minEntropy,
    ...more,
  };
}

const ENCRYPTION: Encryption = {
  cipher: "aes-256-ctr",
  password: "secret",
  key: "0a",
  iv: "0b",
  commands: ["make raw", "make processed"],
};

const textOf = (raw: SamplesReport, processed: SamplesReport, encryption: Encryption | null = null) =>
  pageToText(rawAgainstProcessedPage(rawAgainstProcessed(raw, processed, encryption))).replace(/\n(?=\S)/g, " ");

describe("raw against processed samples", () => {
  it("are told apart by name, file and digest", () => {
    const text = textOf(report("raw", 1), report("processed", 7));
    assert.match(text, /\/lab\/raw: 10 samples of 8 bits, SHA-256\s+raw0+ /);
    assert.match(text, /raw: raw +processed: processed/);
  });

  it("stand side by side, an estimate a row, and what neither has a value for is left out", () => {
    const page = rawAgainstProcessedPage(
      rawAgainstProcessed(report("raw", 1), report("p", 7, { estimates: [], ceiling: 6.5 }), null),
    );
    const table = page.find((block) => block.kind === "table");
    assert.deepEqual(table?.rows, [
      ["6.3.1 most-common-value, symbols", "0.250000", "\u2013", "\u2013"],
      ["H_original, per symbol", "0.250000", "0.250000", ""],
      ["H_bitstring, per bit", "\u2013", "\u2013", ""],
      ["Assessed, per symbol", "1.000000", "7.000000", "6.500000"],
    ]);
  });

  it("say why an estimate is missing", () => {
    assert.match(textOf(report("raw", 1), report("p", 7)), /Where raw data have no value: no tuple occurs 35 times/);
  });

  it("with a better score behind the processing: the processing's doing", () => {
    const text = textOf(report("raw", 1), report("processed", 7));
    assert.match(text, /raised the score from 1\.000 of 8 bits to 7\.000 of 8 bits\. That is the processing's doing/);
  });

  it("with a score that is no better: said so, the widths taken into account", () => {
    const narrow = report("raw", 0.9, { input: { ...report("raw", 1).input, bits: 1 } });
    assert.match(
      textOf(narrow, report("processed", 7)),
      /did not raise the score: it went from 0\.900 of 1 bit to 7\.000/,
    );
    assert.match(textOf(narrow, report("processed", 7.5)), /raised the score from 0\.900 of 1 bit to 7\.500 of 8 bits/);
  });

  it("that cannot be compared: said so", () => {
    assert.match(textOf(report("raw", null), report("processed", 7)), /One of the two could not be assessed/);
    assert.match(textOf(report("same", 1), report("same", 1)), /Both are the same data/);
  });
});

describe("the demonstration of raw against processed data", () => {
  const text = textOf(report("zero.bin", 0), report("random.bin", 6.638), ENCRYPTION);

  it("says that a file with a good score holds nothing for who knows the password", () => {
    assert.match(text, /under the password "secret"/);
    assert.match(text, /the raw file scores 0\.000 of 8 bits, the processed one 6\.638 of 8 bits\./);
    assert.match(text, /The true entropy of both is 0\./);
    assert.match(text, /True entropy, per symbol +0 +0/);
    assert.match(text, /Whoever knows the password knows every bit of random\.bin/);
    assert.match(text, /No processing makes entropy/);
  });

  it("says how to make both files", () => {
    assert.match(text, /\n {4}make raw\n {4}make processed\n/);
    assert.match(text, /\n {4}key 0a\n {4}iv {2}0b/);
  });

  it("claims no true entropy of data that we did not make", () => {
    assert.doesNotMatch(textOf(report("raw", 1), report("processed", 7)), /[Tt]rue entropy/);
  });
});
