import assert from "node:assert/strict";
import fc from "fast-check";
import { reportToText } from "../../src/report/text";
import { finding, samplesReport } from "./fixtures";

describe("a report as text", () => {
  const text = reportToText(samplesReport);

  it("names each estimator with its clause and its value to six digits", () => {
    assert.match(text, /^6\.3\.1 +most-common-value +literal +0\.250000 +0\.300000$/m);
  });

  it("says why an estimator has no value", () => {
    assert.match(text, /^6\.3\.5 +t-tuple +literal +not computed: no tuple occurs 35 times$/m);
  });

  it("keeps the digits of a value that six decimals would make zero", () => {
    assert.match(reportToText({ ...samplesReport, minEntropy: 9.6e-8 }), /^Assessed .* 9\.600e-8 +bits per symbol$/m);
  });

  it("ends in the verdict with the counts; samples are assessed, they do not pass", () => {
    assert.match(text, /\nAssessed: 0 errors, 1 warning, 0 inconclusive\.\n$/);
  });

  it("shows what needs attention whole, with its rule and remedy", () => {
    assert.match(text, /^warn noise\.bin holds 10 samples.*\[sp800-90b-sample-size\]\n {5}Collect more samples\.$/m);
  });

  it("counts what passed, a line a rule", () => {
    const findings = [1, 2, 3].map(() => ({ ...finding, verdict: "pass" as const }));
    assert.match(reportToText({ ...samplesReport, findings }), /^ok {3}3 x sp800-90b-sample-size$/m);
  });

  it("holds no control character that a machine or a file name brought in", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const shown = reportToText({ ...samplesReport, findings: [{ ...finding, message: `\x1b[2J${name}` }] });
        assert.doesNotMatch(shown.replaceAll("\n", ""), /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
