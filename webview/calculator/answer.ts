import type { ConditioningReport } from "../../src/model/conditioning";
import type { CalculatorField, CalculatorView } from "../../src/vscode/calculator-protocol";
import { h, type Child } from "../dom";
import { LIMITS, printable } from "../format";
import { icon } from "../icons";
import { badge } from "../mark";
import { post } from "../messages";
import { symbol } from "../symbol";
import { button } from "../toolkit";
import { formula } from "./formula";

/** What the fields are called where their absence is told. */
const SIGNS: Readonly<Record<CalculatorField, string>> = {
  nIn: "n_in",
  nOut: "n_out",
  nw: "nw",
  hIn: "h_in",
  hPrime: "h′",
};

/** The answer, in the element that holds it, and in one sentence for those who hear it. */
export interface Answer {
  readonly content: readonly HTMLElement[];
  readonly spoken: string;
}

/** What the calculator answers, or why it does not yet. */
export function answer({ answer: found, missing, problems }: CalculatorView): Answer {
  if (found !== null) return { content: answered(found), spoken: spokenOf(found) };
  const wrong = Object.keys(problems).length > 0;
  const wait = wrong
    ? [h("p", { class: "muted" }, "There is an answer once what is marked is put right.")]
    : [h("p", { class: "muted" }, "Still needed: ", ...separated(missing.map((name) => symbol(SIGNS[name]))), ".")];
  return { content: [h("h2", {}, "Entropy out"), ...wait], spoken: "" };
}

type Found = NonNullable<CalculatorView["answer"]>;

function spokenOf({ report: { conditioning }, decidedBy, fullEntropy }: Found): string {
  return `${figure(conditioning.hOut)} bits of entropy out, set by ${decidedBy}. Full entropy: ${fullEntropy}`;
}

function answered({ report, decidedBy, fullEntropy }: Found): readonly HTMLElement[] {
  const { conditioning: result } = report;
  const { hOut, nOut } = result;
  const share = h("div", { class: "share" });
  share.style.width = `${Math.min(100, (hOut / nOut) * 100)}%`;
  return [
    h("h2", {}, "Entropy out"),
    h(
      "p",
      { class: "hero" },
      h("span", { class: "hero-value" }, figure(hOut)),
      h("span", { class: "hero-unit" }, ` of ${nOut} ${nOut === 1 ? "bit" : "bits"}`),
    ),
    h("div", { class: "share-track" }, share),
    h("p", { class: "muted" }, "Set by ", ...formula(decidedBy), "."),
    h(
      "p",
      { class: "full-entropy" },
      badge(result.fullEntropy ? "pass" : "info", "Full entropy:"),
      h("span", {}, ...formula(fullEntropy)),
    ),
    values(report),
    h(
      "div",
      { class: "actions" },
      button("save-answer", "Save as JSON...", "secondary", icon("save"), () => post({ type: "save-answer" })),
      button("copy-answer", "Copy as JSON", "secondary", icon("copy"), () => post({ type: "copy-answer" })),
    ),
  ];
}

/** Every value on the way, each with what it is. */
function values({ conditioning: result, conditioned, epsilon }: ConditioningReport): HTMLElement {
  const { n, outputEntropy, deficit, designBound, measuredBound, hOut, decidedBy } = result;
  const rows: readonly (readonly [string, Child, string, string?])[] = [
    ["n", figure(n), "min(n_out, nw, n_in), bits"],
    ["P_high", power(result.log2PHigh), "2{−h_in}, the likeliest input"],
    ["P_low", power(result.log2PLow), "(1 − P_high) / (2{n_in} − 1), every other input"],
    ["ψ", power(result.log2Psi), "2{n_in − n} P_low + P_high"],
    ["U", power(result.log2U), "2{n_in − n} + √(2 n 2{n_in − n} ln 2)"],
    ["ω", power(result.log2Omega), "U P_low"],
    ["Output_Entropy", figure(outputEntropy), "−log2 max(ψ, ω), bits", "output-entropy"],
    ["ε", power(`-${epsilon}`), `share of n_out that is missed, ${shortfall(deficit)}`],
    ...(designBound === null
      ? []
      : ([
          ["0.999 n_out", figure(designBound), "the most for a component that is not vetted, bits", "design-bound"],
        ] as const)),
    ...(measuredBound === null
      ? []
      : ([
          [
            "h′ n_out",
            figure(measuredBound),
            conditioned === null
              ? "as assessed, bits"
              : `as assessed of ${printable(conditioned.file, LIMITS.value)}, bits`,
            "measured-bound",
          ],
        ] as const)),
    ["h_out", figure(hOut), "bits of entropy out: the least of the bounds"],
  ];
  return h(
    "table",
    { class: "data values" },
    h("caption", { class: "hidden" }, "Every value of the calculation"),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, "Symbol"),
        h("th", { scope: "col" }, "Value"),
        h("th", { scope: "col" }, "What it is"),
      ),
    ),
    h(
      "tbody",
      {},
      ...rows.map(([sign, value, meaning, bound]) =>
        h(
          "tr",
          { class: bound === decidedBy ? "decides" : null },
          h(
            "th",
            { scope: "row" },
            ...formula(sign),
            bound === decidedBy ? h("span", { class: "tag" }, "decides") : null,
          ),
          h("td", { class: "value" }, value),
          h("td", {}, ...formula(meaning)),
        ),
      ),
    ),
  );
}

/** Every digit that a double has. */
function figure(value: number): string {
  return String(value).replace("-", "−");
}

function power(exponent: number | string): HTMLElement {
  const shown = String(exponent)
    .replace(/(\.\d{14})\d+$/, "$1")
    .replace("-", "−");
  return h(
    "span",
    { title: `2^${exponent}` },
    "2",
    h("span", { class: "hidden" }, " to the power of "),
    h("sup", {}, shown),
  );
}

function shortfall(deficit: number): string {
  return deficit === 0 ? "less than a double can tell" : `${deficit.toPrecision(3)} bits`;
}

function separated(elements: readonly HTMLElement[]): readonly Child[] {
  return elements.flatMap((element, i) => (i === 0 ? [element] : [", ", element]));
}
