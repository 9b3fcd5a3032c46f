import type { Fips140Result, Fips140Test } from "../../src/model";
import { h, svg } from "../dom";
import { integer } from "../format";

const TESTS: readonly (readonly [Fips140Test, string])[] = [
  ["monobit", "Monobit"],
  ["poker", "Poker"],
  ["runs", "Runs"],
  ["long-run", "Long run"],
  ["continuous-run", "Continuous run"],
];

/**
 * Failed blocks, in all and for each FIPS 140-2 test, as a table whose rows carry bars against the limit. The limit is
 * for all tests together; a block may fail several, so the rows can add up to more than the total.
 * @param limit how many may fail
 */
export function fipsTable(result: Fips140Result, limit: number): HTMLElement {
  const end = Math.max(result.failures, limit * 2, ...Object.values(result.failuresByTest));
  const bar = (failed: number, limited: boolean) =>
    svg(
      "svg",
      { class: "failures-bar", "aria-hidden": "true", width: "100%", height: 16 },
      svg("rect", { class: failed > limit ? "over" : "within", y: 4, height: 8, width: `${(failed / end) * 100}%` }),
      limited
        ? svg("line", { class: "limit", x1: `${(limit / end) * 100}%`, x2: `${(limit / end) * 100}%`, y1: 0, y2: 16 })
        : null,
    );
  const row = (name: string, failed: number, limited: boolean) =>
    h(
      "tr",
      { class: limited ? "total" : null },
      h("th", { scope: "row" }, name),
      h("td", { class: "number" }, integer(failed)),
      h("td", { class: "bar" }, bar(failed, limited)),
    );
  return h(
    "table",
    { class: "data fips" },
    h(
      "caption",
      {},
      `Failed blocks of ${integer(result.blocksRequested)}; the line is the limit of ${integer(limit)}.`,
    ),
    h(
      "thead",
      { class: "hidden" },
      h("tr", {}, ...["Test", "Failed", "Against the limit"].map((title) => h("th", { scope: "col" }, title))),
    ),
    h(
      "tbody",
      {},
      row("All tests", result.failures, true),
      ...TESTS.map(([test, name]) => row(name, result.failuresByTest[test], false)),
    ),
  );
}
