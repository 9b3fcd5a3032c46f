import assert from "node:assert/strict";
import fc from "fast-check";
import {
  calculatorView,
  isConditionedDataset,
  NOTHING_ENTERED,
  parseCalculatorInput,
  parseCalculatorIntent,
  parseNumber,
  type CalculatorState,
} from "../../src/vscode/calculator-model";
import type { CalculatorInput, CalculatorIntent } from "../../src/vscode/calculator-protocol";
import { CONDITIONING_RUNS } from "../golden/conditioning";

const INPUT: CalculatorInput = {
  component: "h-prime-given",
  texts: { nIn: "512", nOut: "256", nw: "256", hIn: "300", hPrime: "0.7" },
};
const CONDITIONED = { file: "/output.bin", sha256: "", bits: 8, hPrime: 0.7, estimates: [] };

function view(input: Partial<CalculatorInput>, texts: Partial<CalculatorInput["texts"]> = {}, state = {}) {
  const all: CalculatorState = {
    input: { ...INPUT, ...input, texts: { ...INPUT.texts, ...texts } },
    conditioned: null,
    assessment: { type: "idle" },
    ...state,
  };
  return calculatorView(all);
}

describe("the conditioning calculator's answer", () => {
  for (const [nIn, nOut, nw, hIn, vetted, notVetted] of CONDITIONING_RUNS)
    it(`is the NIST tool's for ${nIn}, ${nOut}, ${nw}, ${hIn}`, () => {
      const texts = { nIn: `${nIn}`, nOut: `${nOut}`, nw: `${nw}`, hIn: `${hIn}` };
      const of = (input: Partial<CalculatorInput>, state = {}) =>
        view(input, texts, state).answer?.report.conditioning.hOut ?? NaN;
      const close = (actual: number, expected: number) =>
        assert.ok(Math.abs(actual - expected) <= 1e-15 * expected, `${actual}, not ${expected}`);
      close(of({ component: "vetted" }), vetted);
      close(of({ component: "h-prime-given" }), notVetted);
      close(of({ component: "h-prime-assessed" }, { conditioned: CONDITIONED }), notVetted);
    });

  it("waits for what is missing, and calls nothing wrong that was not typed yet", () => {
    const { answer, missing, problems } = calculatorView({
      input: NOTHING_ENTERED,
      conditioned: null,
      assessment: { type: "idle" },
    });
    assert.deepEqual([answer, missing, problems], [null, ["nIn", "nOut", "nw", "hIn"], {}]);
    assert.deepEqual(view({ component: "h-prime-assessed" }).missing, ["hPrime"]);
  });

  it("tells every problem at once, with what to do", () => {
    const { answer, problems } = view({}, { nOut: "0", nw: "1,024", hIn: "513", hPrime: "2" });
    assert.equal(answer, null);
    assert.deepEqual(Object.keys(problems).sort(), ["hIn", "hPrime", "nOut", "nw"]);
    assert.match(problems.nOut?.message ?? "", /^n_out is 0; it must be a whole number/);
    assert.match(problems.nw?.remedy ?? "", /digits alone/);
    assert.ok(Object.values(problems).every(({ remedy }) => remedy !== ""));
  });

  it("does not ask for an h' that is of no use to it", () => {
    assert.notEqual(view({ component: "vetted" }, { hPrime: "nonsense" }).answer, null);
    assert.equal(view({ component: "vetted" }, {}, { conditioned: CONDITIONED }).answer?.report.conditioned, null);
  });

  it("gives no credit to output without entropy, and says so", () => {
    const { answer, problems } = view(
      { component: "h-prime-assessed" },
      {},
      { conditioned: { ...CONDITIONED, hPrime: 0 } },
    );
    assert.equal(answer, null);
    assert.match(problems.hPrime?.message ?? "", /^h' is 0/);
  });

  it("is there or its absence is explained, whatever is typed", () => {
    const text = fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String));
    const texts = fc.record({ nIn: text, nOut: text, nw: text, hIn: text, hPrime: text });
    const component = fc.constantFrom("vetted" as const, "h-prime-given" as const, "h-prime-assessed" as const);
    fc.assert(
      fc.property(component, texts, (c, t) => {
        const { answer, missing, problems } = view({ component: c }, t);
        assert.equal(answer === null, missing.length > 0 || Object.keys(problems).length > 0);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a number as people type it", () => {
  it("is what JavaScript writes of any finite number", () => {
    fc.assert(
      // JavaScript writes -0 as 0
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
        (n) => assert.equal(parseNumber(` ${n} `), n),
      ),
    );
  });

  for (const text of ["", " ", "1,024", "0,7", "1 024", "0x10", "NaN", "Infinity", "1e999", "12bits", "--1", "."])
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(parseNumber(text), null));
});

describe("an intent from the conditioning calculator", () => {
  it("is taken when it is whole, without what else the message holds", () => {
    const intents: readonly CalculatorIntent[] = [
      { type: "ready" },
      { type: "enter", input: INPUT },
      { type: "assess-output" },
      { type: "cancel-assessment" },
      { type: "copy-answer" },
      { type: "save-answer" },
    ];
    for (const intent of intents) assert.deepEqual(parseCalculatorIntent({ ...intent, more: 1 }), intent);
  });

  it("is none when the input is not whole", () => {
    for (const input of [null, {}, { ...INPUT, component: "toString" }, { ...INPUT, texts: { nIn: 1 } }])
      assert.equal(parseCalculatorIntent({ type: "enter", input }), null);
  });

  it("is none for whatever else comes, and neither is it what an earlier window kept", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        assert.equal(parseCalculatorIntent(value), null);
        assert.equal(parseCalculatorInput(value), null);
        assert.equal(isConditionedDataset(value), false);
      }),
    );
  });

  it("holds no text longer than a number can be", () => {
    const long = { ...INPUT, texts: { ...INPUT.texts, nIn: "1".repeat(1000) } };
    assert.equal(parseCalculatorInput(long)?.texts.nIn.length, 40);
  });
});
