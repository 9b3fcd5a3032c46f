import assert from "node:assert/strict";
import type { ConditioningParameters } from "../../src/model/conditioning";
import { eaConditioningJson, eaConditioningText } from "../../src/report/ea-conditioning";
import { conditionedEntropy } from "../../src/sp800-90b/conditioning";
import { conditioningDigits } from "../../src/sp800-90b/conditioning-digits";
import { nistGolden } from "./nist-golden";

const vetted: ConditioningParameters = { nIn: 512, nOut: 256, nw: 256, hIn: 300, hPrime: null };

const print = (parameters: ConditioningParameters, quiet = false) =>
  eaConditioningText(conditionedEntropy(parameters), conditioningDigits(parameters), quiet);

describe("conditioning in the words of ea_conditioning", () => {
  it("is, digit for digit, what the tool prints for a vetted component", () => {
    assert.equal(print(vetted), nistGolden("ea_conditioning.vetted.txt"));
  });

  it("is, digit for digit, what the tool prints for one that is not", () => {
    assert.equal(print({ ...vetted, hPrime: 0.7 }), nistGolden("ea_conditioning.non-vetted.txt"));
  });

  it("is what the tool writes with -o", () => {
    const run = {
      commandline: "ea_conditioning -v 512 256 256 300 -o out.json",
      dateTimeStamp: "20261121194328",
      filename: null,
      sha256: null,
    };
    assert.equal(eaConditioningJson(conditionedEntropy(vetted), run), nistGolden("ea_conditioning.vetted.json.txt"));
  });

  it("says how close to a bound the entropy is where it rounds to it", () => {
    // the exponent by mpmath 1.3
    const close = "(epsilon = 2^(-131.2356168135275511915))";
    assert.match(print({ ...vetted, hIn: 384 }), /^Output_Entropy\(\*\) = 256; Close to n_out .*; Close to nw/m);
    assert.equal(print({ ...vetted, hIn: 384 }).split(close).length, 3);
    assert.match(
      print({ ...vetted, hIn: 7.5 }),
      /^Output_Entropy\(\*\) = 7\.5; Close to h_in \(epsilon = 2\^\(-2\d\d\.\d+\)\)$/m,
    );
  });

  it("claims full entropy from 64 bits of margin on, under the tool's condition", () => {
    const claim = /: FIPS 140-3 IG D\.K Resolution 19 Full Entropy .* strength is >= 256\n$/;
    assert.match(print({ ...vetted, hIn: 320 }), claim);
    assert.doesNotMatch(print({ ...vetted, hIn: 319 }), claim);
  });

  it("shows no epsilon far below full entropy", () => assert.doesNotMatch(print({ ...vetted, hIn: 200 }), /epsilon/));

  it("narrows nw to what comes in", () => {
    assert.match(print({ nIn: 1024, nOut: 512, nw: 1600, hIn: 500, hPrime: null }), /^nw = 1024$/m);
  });

  it("prints one line with -q", () => {
    assert.equal(print(vetted, true), "Attempting to compute entropy with 1024 bits of precision.\n");
  });
});
