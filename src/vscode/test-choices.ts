import { basename } from "node:path";
import type { Report, Track } from "../model";
import type { AdaptiveProportionRule } from "../model/health-tests";
import type { Choice } from "./picker-model";

/** An entropy to start from, bits per sample, and where it is from. */
export interface Suggestion {
  readonly value: number;
  readonly from: string;
}

/**
 * What the tests of a file are likely to be run against: what they were run against last time, else what the file was
 * assessed at, else what the only file that was assessed was.
 * @param last of the same tests of the same file; null: never
 * @param reports every result, newest first
 * @param widest bits per sample: more cannot be
 */
export function suggestEntropy(
  last: number | null,
  reports: readonly Report[],
  file: string,
  widest: number,
): Suggestion | null {
  const assessed = reports.flatMap((report) =>
    report.kind === "samples" && report.minEntropy !== null
      ? [{ file: report.source.file, value: report.minEntropy }]
      : [],
  );
  const own = assessed.find((each) => each.file === file);
  const only = assessed.length === 1 ? assessed[0] : undefined;
  const suggestions: readonly (Suggestion | null)[] = [
    last === null ? null : { value: last, from: "as last time" },
    own === undefined ? null : { value: own.value, from: "as this file was assessed" },
    only === undefined ? null : { value: only.value, from: `as ${basename(only.file)} was assessed` },
  ];
  return suggestions.find((each) => each !== null && each.value > 0 && each.value <= widest) ?? null;
}

/**
 * How often a good source may fail a test by chance: within what SP 800-90B 4.4 recommends, the likely one first.
 * @param usual of who has no reason for another
 */
export function alphaChoices(usual: number, last: number | null): readonly Choice<number>[] {
  const first = last ?? usual;
  const all = [first, ...[usual, 2 ** -30, 2 ** -40].filter((alpha) => alpha !== first)];
  return all.map((alpha) => ({
    value: alpha,
    label: `2^${Number(Math.log2(alpha).toPrecision(6))}`,
    description: [
      ...(alpha === last ? ["as last time"] : []),
      ...(alpha === usual ? ["the usual one"] : []),
      `once in ${Math.round(1 / alpha).toLocaleString("en")}`,
    ].join(", "),
    group: "",
  }));
}

/** The tracks of restart tests (3.1.4), the likely one first. */
export function trackChoices(likely: Track): readonly Choice<Track>[] {
  const choices: readonly Choice<Track>[] = [
    { value: "non-iid", label: "Non-IID track", description: "any source", group: "" },
    {
      value: "iid",
      label: "IID track",
      description: "rows and columns have to pass the tests for IID, too",
      group: "",
    },
  ];
  return choices.toSorted((a, b) => Number(b.value === likely) - Number(a.value === likely));
}

/** How the cutoff of the adaptive proportion test is found, the likely rule first. */
export function ruleChoices(likely: AdaptiveProportionRule): readonly Choice<AdaptiveProportionRule>[] {
  const choices: readonly Choice<AdaptiveProportionRule>[] = [
    {
      value: "sp800-90b",
      label: "As SP 800-90B prints it",
      description: "1 + CRITBINOM(W, 2^-H, 1 - alpha); what evaluators expect",
      group: "",
    },
    {
      value: "corrected",
      label: "Corrected",
      description: "2 + CRITBINOM(W - 1, ...): a window's first sample always counts itself; jitterentropy's",
      group: "",
    },
  ];
  return [...choices].sort((a, b) => Number(b.value === likely) - Number(a.value === likely));
}
