import type { HealthTestOutcome } from "../../src/model/health-tests";
import type { RunningEstimates } from "../../src/model/collection";
import { h } from "../dom";
import { entropy, integer, plural } from "../format";
import { badge } from "../mark";

type Row = readonly [term: string, value: string, rest: string, failed: boolean];

/** What can be said of samples while they come: each estimate and test over all so far. */
export function runningEstimates({ samples, mostCommonValue, collision, healthTests }: RunningEstimates): HTMLElement {
  const rows: readonly Row[] = [
    ["Samples", integer(samples), "", false],
    estimate("Most common value", mostCommonValue, "bits per sample"),
    estimate("Collision", collision, "bits per bit"),
    ...(healthTests === null
      ? []
      : [
          test("Repetition count", "in a row", healthTests.repetitionCount),
          test("Adaptive proportion", "in a window", healthTests.adaptiveProportion),
        ]),
  ];
  return h(
    "section",
    { class: "so-far" },
    h("h2", {}, "So far"),
    h(
      "dl",
      { class: "key-figures" },
      ...rows.flatMap(([term, value, rest, failed]) => [
        h("dt", {}, term),
        h("dd", {}, failed ? badge("error") : null, h("span", { class: "key-value" }, value), ` ${rest}`),
      ]),
    ),
  );
}

function estimate(term: string, value: number | null, unit: string): Row {
  return value === null ? [term, "none yet", "", false] : [term, entropy(value), unit, false];
}

function test(term: string, where: string, { most, cutoff, failures }: HealthTestOutcome): Row {
  const count = failures === 0 ? "" : `: ${plural(failures, "failure")}`;
  return [term, integer(most), `${where}, ${integer(cutoff)} fail${count}`, failures > 0];
}
