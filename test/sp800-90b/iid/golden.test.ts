import assert from "node:assert/strict";
import { concludeAssessment, estimate, estimationTasks } from "../../../src/sp800-90b/assessment";
import { directTests } from "../../../src/sp800-90b/iid/assessment";
import { originalStatistics } from "../../../src/sp800-90b/iid/permutation";
import { prepareSamples } from "../../../src/sp800-90b/iid/statistics";
import { alphabetSize } from "../../../src/sp800-90b/sequence";
import { DATASETS, type DatasetName } from "../../datasets";
import golden from "../../golden/sp800-90b.json";
import { assertAssessment, type AssessmentFigures, type Figures } from "../figures";

interface Expected {
  readonly Median: number;
  readonly "Raw Mean": number;
  readonly "Chi square independence": { readonly T: number; readonly df: number; readonly "P-value": number };
  readonly "Chi square goodness of fit": { readonly T: number; readonly df: number; readonly "P-value": number };
  readonly "Chi square tests": string;
  readonly "Length of longest repeated substring test": string;
  readonly "Assessed min entropy": number;
  readonly H_original: number;
  readonly H_bitstring?: number;
  readonly bitstring?: { readonly "Most Common Value Estimate": Figures };
  readonly literal: {
    readonly "Most Common Value Estimate": Figures;
    readonly "Longest Repeated Substring results": {
      readonly P_col: number;
      readonly W: number;
      readonly "Pr(X >= 1)": number;
    };
  };
  readonly permutation: Readonly<Record<string, number>>;
}

/** The data sets that the NIST tool has an answer for. */
const datasets: readonly [DatasetName, Expected][] = (Object.keys(DATASETS) as DatasetName[]).flatMap((name) => {
  const entry = golden.datasets[name];
  return "iid" in entry && "permutation" in entry.iid ? [[name, entry.iid]] : [];
});

/** The most common value alone makes the assessment. */
function figuresOf({ literal, bitstring, H_original, H_bitstring, ...expected }: Expected): AssessmentFigures {
  const title = "Most Common Value Estimate";
  return {
    "Assessed min entropy": expected["Assessed min entropy"],
    H_original,
    literal: { [title]: literal[title] },
    ...(H_bitstring === undefined ? {} : { H_bitstring }),
    ...(bitstring === undefined ? {} : { bitstring }),
  };
}

const unheard = (): void => undefined;

function assertClose(actual: number | null, wanted: number, what: string): void {
  assert.ok(
    actual !== null && Math.abs(actual - wanted) <= 1e-9 * Math.abs(wanted),
    `${what} is ${actual}, not ${wanted}`,
  );
}

describe("the IID track on the reference data", () => {
  assert.equal(datasets.length, 19);
  for (const [name, expected] of datasets)
    it(`gives the NIST tool's figures for ${name}, all of them`, () => {
      const samples = DATASETS[name].make();
      const { traits } = prepareSamples(samples);
      assertClose(traits.mean, expected["Raw Mean"], "mean");
      assert.equal(traits.median, expected.Median);
      const statistics = Object.entries(originalStatistics(samples));
      assert.deepEqual(statistics.map(([key]) => key).toSorted(), Object.keys(expected.permutation).toSorted());
      for (const [key, value] of statistics) assertClose(value, expected.permutation[key], key);

      const tests = directTests(samples, unheard);
      for (const [test, wanted] of [
        [tests.chiSquareIndependence, expected["Chi square independence"]],
        [tests.chiSquareGoodnessOfFit, expected["Chi square goodness of fit"]],
      ] as const) {
        assertClose(test.score, wanted.T, "T");
        assert.equal(test.df, wanted.df);
        assertClose(test.pValue, wanted["P-value"], "p-value");
      }
      const passed = tests.chiSquareIndependence.passed && tests.chiSquareGoodnessOfFit.passed;
      assert.equal(passed, expected["Chi square tests"] === "Passed");

      const { pCol, length, pValue, passed: noLongRepeat } = tests.longestRepeatedSubstring;
      const wanted = expected.literal["Longest Repeated Substring results"];
      assertClose(pCol, wanted.P_col, "P_col");
      assert.equal(length, wanted.W);
      // The tool takes this one from 1 - (1 - p)^N, which keeps fewer digits.
      assert.ok(Math.abs(pValue - wanted["Pr(X >= 1)"]) <= 1e-8 * wanted["Pr(X >= 1)"] + 1e-12);
      assert.equal(noLongRepeat, expected["Length of longest repeated substring test"] === "Passed");

      const { bits } = DATASETS[name];
      const mode = { track: "iid", purpose: "initial", mostBits: null } as const;
      const tasks = estimationTasks(alphabetSize(samples), bits, mode);
      const estimates = tasks.flatMap((task) => estimate(samples, bits, task, unheard));
      assertAssessment(concludeAssessment(estimates, bits, "iid"), figuresOf(expected));
    });
});

describe("the tests of 5.2 over samples whose number ten does not divide", () => {
  it("give the NIST tool's figures: a part is expected to hold its own length's share", () => {
    const tests = directTests(DATASETS["tent-3"].make().subarray(0, 1049), unheard);
    // ea_iid -vv of NIST's tools, version 1.1.7, over the same samples
    for (const [{ score, df, pValue }, wanted] of [
      [tests.chiSquareIndependence, { T: 40.978373249477954, df: 38, p: 0.34120172963976814 }],
      [tests.chiSquareGoodnessOfFit, { T: 53.472762773952617, df: 54, p: 0.49467074128064903 }],
    ] as const) {
      assertClose(score, wanted.T, "T");
      assert.equal(df, wanted.df);
      assertClose(pValue, wanted.p, "p-value");
    }
  });
});

describe("the tests of 5.2 where the NIST tool has no answer", () => {
  it("fail a counter for its dependence and its repeats, though its symbols are as frequent as each other", () => {
    const tests = directTests(DATASETS["counter-8"].make(), unheard);
    assert.equal(tests.chiSquareIndependence.passed, false);
    assert.equal(tests.chiSquareGoodnessOfFit.passed, true);
    assert.deepEqual([tests.longestRepeatedSubstring.length, tests.longestRepeatedSubstring.passed], [999_744, false]);
  });

  it("fail a file of which one half is the other", () => {
    const { longestRepeatedSubstring } = directTests(DATASETS["repeat-8"].make(), unheard);
    assert.deepEqual([longestRepeatedSubstring.length, longestRepeatedSubstring.passed], [500_000, false]);
  });

  it("say why they have no score, and fail, on too few samples", () => {
    const { chiSquareIndependence, chiSquareGoodnessOfFit } = directTests(Uint8Array.of(1, 2, 3, 1, 2), unheard);
    for (const test of [chiSquareIndependence, chiSquareGoodnessOfFit]) {
      assert.deepEqual([test.score, test.passed], [null, false]);
      assert.match(test.notComputed ?? "", /5 samples/);
    }
    const binary = directTests(Uint8Array.of(0, 1, 1, 0, 1), unheard);
    assert.match(binary.chiSquareIndependence.notComputed ?? "", /5\.2\.3/);
  });
});
