import type { PermutationRank, PermutationRanks, PermutationStatistic } from "../src/model/iid";
import { h, svg } from "./dom";
import { figure, integer } from "./format";
import { badge } from "./mark";

/** 5.1, step 2. */
export const PERMUTATIONS = 10_000;

/** What the statistics of 5.1.1 to 5.1.11 are called, in the order of the clauses. */
const STATISTICS: readonly (readonly [PermutationStatistic, string, string])[] = [
  ["excursion", "Excursion", "5.1.1"],
  ["numDirectionalRuns", "Directional runs, number", "5.1.2"],
  ["lenDirectionalRuns", "Directional runs, longest", "5.1.3"],
  ["numIncreasesDecreases", "Increases and decreases", "5.1.4"],
  ["numRunsMedian", "Runs about the median, number", "5.1.5"],
  ["lenRunsMedian", "Runs about the median, longest", "5.1.6"],
  ["avgCollision", "Collisions, mean distance", "5.1.7"],
  ["maxCollision", "Collisions, greatest distance", "5.1.8"],
  ["periodicity(1)", "Periodicity, lag 1", "5.1.9"],
  ["periodicity(2)", "Periodicity, lag 2", "5.1.9"],
  ["periodicity(8)", "Periodicity, lag 8", "5.1.9"],
  ["periodicity(16)", "Periodicity, lag 16", "5.1.9"],
  ["periodicity(32)", "Periodicity, lag 32", "5.1.9"],
  ["covariance(1)", "Covariance, lag 1", "5.1.10"],
  ["covariance(2)", "Covariance, lag 2", "5.1.10"],
  ["covariance(8)", "Covariance, lag 8", "5.1.10"],
  ["covariance(16)", "Covariance, lag 16", "5.1.10"],
  ["covariance(32)", "Covariance, lag 32", "5.1.10"],
  ["compression", "Compressed length", "5.1.11"],
];

/** Where the samples' own value stands among those of the permutations: all of these less at the right end. */
function place({ greater, equal, less, passed }: PermutationRank): Element {
  const all = greater + equal + less;
  const at = all === 0 ? 50 : ((less + equal / 2) / all) * 100;
  return svg(
    "svg",
    { class: "rank", "aria-hidden": "true", width: "100%", height: 12 },
    svg("line", { class: "scale", x1: "0%", x2: "100%", y1: 6, y2: 6 }),
    svg("circle", { class: passed ? "within" : "over", cx: `${4 + at * 0.92}%`, cy: 6, r: 4 }),
  );
}

/** Whether the statistic was compared with every permutation: only then says the margin how near the verdict was. */
function complete({ greater, equal, less }: PermutationRank): boolean {
  return greater + equal + less === PERMUTATIONS;
}

/** The counts of one statistic; `judged` adds what they say, once they are all in. */
function row(name: string, clause: string, rank: PermutationRank, judged: boolean): HTMLElement {
  const { original, greater, equal, less, margin, passed } = rank;
  const count = (value: number) => h("td", { class: "number" }, integer(value));
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, name),
    h("td", { class: "spare muted" }, clause),
    h("td", { class: "spare number", title: String(original) }, figure(original)),
    count(greater),
    count(equal),
    count(less),
    h("td", { class: "spare bar" }, place(rank)),
    judged ? h("td", { class: "spare number" }, complete(rank) ? integer(margin) : "") : null,
    judged ? h("td", {}, badge(passed ? "pass" : "error", passed ? "passed" : "failed")) : null,
  );
}

/**
 * The statistics of the permutation tests (5.1) with their counts, as far as they have come.
 * @param judged whether the counts are final, so that they can be called passed or failed
 */
export function permutationTable(ranks: PermutationRanks, caption: string, judged: boolean): HTMLElement {
  const heading = (title: string, classes: string, hint: string | null = null) =>
    h("th", { scope: "col", class: classes, title: hint }, title);
  return h(
    "table",
    { class: "data permutations" },
    h("caption", {}, caption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        heading("Statistic", ""),
        heading("Clause", "spare"),
        heading("Samples", "spare number", "The statistic of the samples as they are"),
        heading("Greater", "number", "C0: permutations whose statistic was greater"),
        heading("Equal", "number", "C1: permutations whose statistic was the same"),
        heading("Less", "number", "C2: permutations whose statistic was less"),
        heading("Place", "spare bar", "Where the samples stand among their permutations; at either end they fail"),
        judged
          ? heading("Margin", "spare number", "Permutations that would have to change sides for the other verdict")
          : null,
        judged ? heading("Result", "") : null,
      ),
    ),
    h("tbody", {}, ...STATISTICS.map(([statistic, name, clause]) => row(name, clause, ranks[statistic], judged))),
  );
}
