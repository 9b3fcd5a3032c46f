import type { Estimate, PredictionEstimate, SamplesReport, Scope } from "../model";
import { placeInWords } from "./explain-places";
import { count } from "./text";

const six = (value: number): string => (Number.isInteger(value) ? count(value) : value.toPrecision(6));
const percent = (share: number): string => `${(100 * share).toPrecision(3)} %`;

/** What decided an estimate, and where: paragraphs. Empty where nothing was computed. */
export function decisiveParagraphs(report: SamplesReport, estimate: Estimate): readonly string[] {
  const at = (index: number): string => placeInWords(report, estimate.scope, index);
  const unit = estimate.scope === "bitstring" ? "bit" : "symbol";
  switch (estimate.estimator) {
    case "most-common-value": {
      const { symbol, count: times, first } = estimate.decisive;
      return [`The ${unit} **${symbol}** occurs ${count(times)} times, first at ${at(first)}.`];
    }
    case "collision": {
      const { decisive } = estimate;
      if (decisive === null || estimate.xBar === null) return [];
      return [
        `A collision takes ${six(estimate.xBar)} bits on average; ideal bits take ${decisive.ideal}. ${deviation(decisive.standardErrors)}`,
        `Least is the mean, ${six(decisive.lowest.mean)}, from ${at(decisive.lowest.first)} to ${at(decisive.lowest.last)}.`,
      ];
    }
    case "compression": {
      const { decisive } = estimate;
      if (decisive === null || estimate.xBar === null) return [];
      const { block, ideal, lowest, standardErrors } = decisive;
      return [
        `The mean of log2 of the distance is ${six(estimate.xBar)}; of ideal data as long as these it is ${six(ideal)}. ${deviation(standardErrors)}`,
        `The block **${block.bits}** is the most frequent: ${count(block.count)} times, first at ${at(block.first)}. Least is the mean, ${six(lowest.mean)}, from ${at(lowest.first)} to ${at(lowest.last)}.`,
      ];
    }
    case "markov": {
      const { decisive } = estimate;
      if (decisive === null)
        return ["None of the six sequences that come into question is possible after what was seen."];
      const steps = decisive.transitions.map(
        ({ from, to, count: seen, times }) => `${times} times from ${from} to ${to} (seen ${count(seen)} times)`,
      );
      const longest = decisive.longest;
      return [
        `The likeliest sequence of 128 bits begins with ${decisive.start} and goes ${steps.join(" and ")}.`,
        ...(longest === null
          ? []
          : [
              `The longest stretch of the data that does so is ${count(longest.last - longest.first + 1)} bits long: from ${at(longest.first)} to ${at(longest.last)}.`,
            ]),
      ];
    }
    case "t-tuple": {
      const { decisive } = estimate;
      if (decisive === null) return [];
      const more =
        decisive.count > decisive.positions.length
          ? `, and ${count(decisive.count - decisive.positions.length)} more`
          : "";
      return [
        `The tuple ${tuple(decisive.symbols, decisive.length, estimate.scope)} of ${plural(decisive.length, unit)} occurs ${count(decisive.count)} times. No tuple of another length is as frequent for its length.`,
        `It begins at:\n\n${decisive.positions.map((p) => `- ${at(p)}`).join("\n")}${more === "" ? "" : `\n- ${more.slice(2)}`}`,
      ];
    }
    case "lrs": {
      const { decisive } = estimate;
      if (decisive === null) return [];
      const { longest } = decisive;
      return [
        `Tuples of ${plural(decisive.length, unit)} decide: ${count(decisive.pairs)} pairs of them are equal.`,
        `The longest repeated substring has ${plural(longest.length, unit)}: ${tuple(longest.symbols, longest.length, estimate.scope)}. It begins at:\n\n${longest.positions.map((p) => `- ${at(p)}`).join("\n")}`,
      ];
    }
    case "multi-mcw":
    case "lag":
    case "multi-mmc":
    case "lz78y":
      return predictionParagraphs(estimate, at, unit);
  }
}

function predictionParagraphs(
  { estimator, decisive, N, C, r }: PredictionEstimate,
  at: (index: number) => string,
  unit: string,
): readonly string[] {
  if (decisive === null) return [];
  const { bound, run, favourite } = decisive;
  const by = {
    global: `The rate decides: ${count(C)} of ${count(N)} predictions were right, ${percent(C / N)}.`,
    local: `The longest run of right predictions decides: ${count(r - 1)}. At the overall rate of ${percent(C / N)} a run as long would hardly come up.`,
    alphabet: `Neither the rate, ${count(C)} right of ${count(N)} predictions, nor the longest run is better than guessing.`,
  }[bound];
  const what = { "multi-mcw": "window of", lag: "lag of", "multi-mmc": "order of", lz78y: "context of" }[estimator];
  return [
    by,
    ...(run === null
      ? []
      : [`The longest run of right predictions, ${count(r - 1)}, is from ${at(run.first)} to ${at(run.last)}.`]),
    ...(favourite === null
      ? []
      : [
          `The ${what} ${plural(favourite.parameter, unit)} was believed most often: for ${percent(favourite.share)} of the data.`,
        ]),
  ];
}

function deviation(standardErrors: number | null): string {
  if (standardErrors === null) return "All values are the same.";
  const size = `${Math.abs(standardErrors).toPrecision(3)} standard errors ${standardErrors < 0 ? "below" : "above"}`;
  return Math.abs(standardErrors) <= 3
    ? `That is ${size} it: as chance has it.`
    : `That is ${size} it: more than chance explains.`;
}

function tuple(symbols: readonly number[], length: number, scope: Scope): string {
  const binary = scope === "bitstring" || symbols.every((s) => s <= 1);
  return `\`${symbols.join(binary ? "" : " ")}${length > symbols.length ? " ..." : ""}\``;
}

const plural = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;
