import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { EaAssessment } from "../../src/report/ea-input";
import { eaNonIidJson, eaNonIidText } from "../../src/report/ea-non-iid";
import { nistJson } from "../../src/report/nist-json";
import { concludeAssessment, estimate, estimationTasks } from "../../src/sp800-90b/assessment";
import { alphabetSize } from "../../src/sp800-90b/sequence";
import { DATASETS } from "../datasets";
import { assertLikeNist, nistGolden } from "./nist-golden";

const VERBOSITIES = { q: 0, default: 1, v: 2, vv: 3, vvv: 4 };

type Name = "markov-1" | "uniform-8-short";
const runs = new Map<Name, EaAssessment>();

/** The assessment of a golden data set, made once. */
function run(name: Name): EaAssessment {
  const made = runs.get(name) ?? assess(name);
  runs.set(name, made);
  return made;
}

function assess(name: Name): EaAssessment {
  const { bits, make } = DATASETS[name];
  const data = make();
  const symbols = alphabetSize(data);
  const estimates = estimationTasks(symbols, bits).flatMap((task) => estimate(data, bits, task, () => undefined));
  return {
    assessment: concludeAssessment(estimates, bits),
    file: `${name}.bin`,
    sha256: createHash("sha256").update(data).digest("hex"),
    samples: data.length,
    symbols,
    bits,
    bitstringLength: data.length * bits,
    narrow: false,
    conditioned: false,
    subset: null,
  };
}

describe("an assessment in the words of ea_non_iid", () => {
  for (const name of ["markov-1", "uniform-8-short"] as const) {
    for (const [flag, verbosity] of Object.entries(VERBOSITIES))
      it(`is what the tool prints for ${name} at verbosity ${flag}`, () => {
        assertLikeNist(eaNonIidText(run(name), verbosity), nistGolden(`ea_non_iid.${name}.${flag}.txt`));
      });

    it(`is what the tool writes for ${name} with -o`, () => {
      const commandline = `ea_non_iid -o out.json ${name}.bin ${run(name).bits}`;
      const json = eaNonIidJson(run(name), { commandline, dateTimeStamp: "20261121194325" });
      assertLikeNist(json, nistGolden(`ea_non_iid.${name}.json.txt`));
    });
  }

  it("gives h' alone with -c", () => {
    const text = eaNonIidText({ ...run("uniform-8-short"), conditioned: true }, 1);
    assertLikeNist(text, nistGolden("ea_non_iid.uniform-8-short.c.txt"));
  });

  it("warns of data that are narrower than stated, and says at -v that symbols were translated", () => {
    const narrow = { ...run("markov-1"), bits: 3, narrow: true };
    assertLikeNist(eaNonIidText(narrow, 1), nistGolden("ea_non_iid.narrow.txt"));
    assert.match(eaNonIidText(narrow, 2), /Collision Test Estimate = \d\.\d+ \/ 1 bit\(s\)\n/);
    assert.match(eaNonIidText(narrow, 2), /2 distinct 3-bit-wide symbols\n\nSymbols have been translated\.\n/);
  });

  it("says which part of the file was read with -l", () => {
    const text = eaNonIidText({ ...run("uniform-8-short"), subset: { index: 2, samples: 10_000 } }, 2);
    assert.match(text, /^Opening file: .*\), reading block 2 of size 10000\n/);
  });

  it("says why an estimator did not run", () => {
    const { assessment, ...rest } = run("uniform-8-short");
    const estimates = assessment.estimates.map((e) => ({ ...e, minEntropy: null, notComputed: "too short" }));
    const bare = { track: "non-iid", estimates, hOriginal: null, hBitstring: null, minEntropy: null } as const;
    const text = eaNonIidText({ ...rest, assessment: bare }, 2);
    for (const line of [
      "\t*** Warning: not enough samples to run compression test (need more than 1000) ***",
      "t-Tuple Estimate: No strings are repeated 35 times. t-Tuple estimate failed.",
      "LRS Estimate: v<u. Can't Run LRS Test.",
      "\t*** Warning: not enough samples to run multiMCW test (need more than 4096) ***",
      "H_original: 8.000000",
    ])
      assert.ok(text.split("\n").includes(line), line);
  });

  it("is an error level and a message in the file of a run that failed", () => {
    const error = "Error: Incorrect bit width specification: Data (8) does not fit within described bit width: 4.";
    const header = {
      commandline: "ea_non_iid -o out.json uniform-8-short.bin 4",
      dateTimeStamp: "20261121194328",
      filename: "uniform-8-short.bin",
      sha256: "75626f81520f139b79fe000a03f2bac0123bd063c88cbfb119b19db1c3cd444e",
    };
    assert.equal(nistJson(header, "", false, [], error), nistGolden("ea_non_iid.wide.json.txt"));
  });
});
