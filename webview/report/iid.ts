import type { ChiSquareTest, IidTests } from "../../src/model/iid";
import { h, type Child } from "../dom";
import { figure, integer, LIMITS, plural, printable } from "../format";
import { badge } from "../mark";
import { PERMUTATIONS, permutationTable } from "../permutation-table";

function outcome(passed: boolean, notComputed: string | null): Child {
  if (notComputed !== null) return badge("not-applicable", "not computed");
  return badge(passed ? "pass" : "error", passed ? "passed" : "failed");
}

function chiSquare(name: string, clause: string, test: ChiSquareTest): HTMLElement {
  const { score, df, pValue, passed, notComputed } = test;
  const figures =
    notComputed === null
      ? [`T = ${figure(score ?? 0)}`, `${integer(df ?? 0)} degrees of freedom`, `P = ${figure(pValue ?? 0)}`].join(", ")
      : printable(notComputed, LIMITS.sentence);
  return directRow(name, clause, figures, outcome(passed, notComputed));
}

function directRow(name: string, clause: string, figures: string, result: Child): HTMLElement {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, name),
    h("td", { class: "roomy muted" }, clause),
    h("td", {}, figures),
    h("td", {}, result),
  );
}

/**
 * The tests of section 5: the three that look at the samples directly, and the permutation tests.
 * @param of the data, when a report has several; null otherwise
 */
export function iidSection(tests: IidTests, of: string | null = null): HTMLElement {
  const { seed, permutations, permutation, longestRepeatedSubstring: lrs } = tests;
  const early =
    permutations < PERMUTATIONS
      ? `All were decided after ${plural(permutations, "permutation")} of ${integer(PERMUTATIONS)}.`
      : `${plural(permutations, "permutation")}.`;
  return h(
    "section",
    { class: "iid" },
    h("h2", {}, `${of === null ? "Independent" : `${of}: independent`} and identically distributed?`),
    h(
      "p",
      { class: "muted" },
      "Passing says that nothing here speaks against it. The standard also asks for the designer's own reasons (3.1.2).",
    ),
    h(
      "table",
      { class: "data" },
      h("caption", { class: "hidden" }, "Tests of the samples as they are"),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "Test"),
          h("th", { scope: "col", class: "roomy" }, "Clause"),
          h("th", { scope: "col" }, "Figures"),
          h("th", { scope: "col" }, "Result"),
        ),
      ),
      h(
        "tbody",
        {},
        chiSquare("Chi-square, independence", "5.2.1, 5.2.3", tests.chiSquareIndependence),
        chiSquare("Chi-square, goodness of fit", "5.2.2, 5.2.4", tests.chiSquareGoodnessOfFit),
        directRow(
          "Longest repeated substring",
          "5.2.5",
          `W = ${integer(lrs.length)}, P_col = ${figure(lrs.pCol)}, P = ${figure(lrs.pValue)}`,
          outcome(lrs.passed, null),
        ),
      ),
    ),
    permutationTable(permutation, `Permutation tests, seed ${String(seed)}. ${early}`, true),
  );
}
