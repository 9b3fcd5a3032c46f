import type { BootTestReport, Finding } from "../../src/model";
import type { FailedBoot, Spread } from "../../src/model/boot-test";
import type { ReportView } from "../../src/vscode/protocol";
import { h } from "../dom";
import { copyButton, findingBlock, foreign, remedy } from "../finding";
import { entropy, integer, LIMITS, plural, printable } from "../format";
import { icon } from "../icons";
import { badge } from "../mark";
import type { Choices } from "../memory";
import { post } from "../messages";
import { button } from "../toolkit";
import { optionWords, pairsTable, rate, setLabel, setsTable } from "./boot-sets";
import { spreadChart, type SpreadRow } from "./spread-chart";

const SETS = "sets";
/** So many sets are drawn; the table holds all. */
const MOST_DRAWN = 60;
/** So many failed boots are listed; the saved report holds all. */
const MOST_FAILED = 20;

const METHODS: Readonly<Record<BootTestReport["method"], string>> = {
  qemu: "QEMU",
  netboot: "network",
  command: "a command of one’s own",
  checkout: "a Zircon checkout’s scripts",
};

function outcome({ sets, best, bits }: BootTestReport): HTMLElement {
  const told = sets.flatMap(({ minEntropy }, i) => (minEntropy === null ? [] : [{ i, median: minEntropy.median }]));
  const hero = (value: string, unit: string) =>
    h("p", { class: "hero" }, h("span", { class: "hero-value" }, value), h("span", { class: "hero-unit" }, ` ${unit}`));
  const at = (set: number) =>
    h("p", {}, sets[set].options.length === 0 ? "" : h("bdi", {}, `With ${setLabel(sets[set])}`));
  const rateOfBest = best === null ? null : (sets[best].bitsPerSecond?.median ?? null);
  if (best !== null && rateOfBest !== null)
    return h(
      "div",
      { class: "assessed" },
      h("h2", {}, sets.length > 1 ? "Most entropy per unit of time" : "Entropy per unit of time"),
      hero(rate(rateOfBest), "bits per second"),
      at(best),
      h(
        "p",
        { class: "muted" },
        `${entropy(sets[best].minEntropy?.median ?? 0)} of ${plural(bits, "bit")} per sample, median of ${plural(sets[best].runs.length, "run")}.`,
      ),
    );
  if (told.length === 0)
    return h(
      "div",
      { class: "assessed" },
      h("h2", {}, "Min-entropy"),
      hero("none", ""),
      h("p", {}, "No run was assessed."),
    );
  const least = told.reduce((a, b) => (b.median < a.median ? b : a));
  return h(
    "div",
    { class: "assessed" },
    h("h2", {}, sets.length > 1 ? "Least min-entropy" : "Min-entropy"),
    hero(entropy(least.median), `of ${plural(bits, "bit")} per sample`),
    at(least.i),
    h(
      "p",
      { class: "muted" },
      `Median of ${plural(sets[least.i].runs.length, "run")}. How long the boots drew is not known.`,
    ),
  );
}

function facts({ entropySource, arch, method, length, sets, iterations, booted, source }: BootTestReport): HTMLElement {
  const rows: readonly (readonly [string, HTMLElement | string])[] = [
    ["Entropy source", foreign(entropySource)],
    ["Machine", `${arch}, booted by ${METHODS[method]}`],
    ["Data of a boot", length === null ? "as many bytes as the kernel has room for" : `${integer(length)} bytes`],
    [
      "Boots",
      `${plural(sets.length, "set")} of parameters, ${plural(iterations, "boot")} each; ${integer(booted)} made now`,
    ],
    ["Runs in", h("span", {}, foreign(source.folder, LIMITS.value), " ", copyButton(source.folder, "the folder"))],
  ];
  return h(
    "dl",
    { class: "facts sample-facts" },
    ...rows.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]),
  );
}

function missingSection({ sets, iterations }: BootTestReport, item: string): readonly HTMLElement[] {
  const missing = sets.reduce((sum, { runs }) => sum + Math.max(0, iterations - runs.length), 0);
  if (missing === 0) return [];
  return [
    h(
      "section",
      { class: "missing" },
      h("p", {}, badge("inconclusive", `${plural(missing, "run")} of ${integer(sets.length * iterations)} missing`)),
      button("run-missing", "Run What Is Missing", "secondary", icon("run"), () => post({ type: "run-missing", item })),
    ),
  ];
}

function noticesSection({ warnings, unfinished, others }: BootTestReport): readonly HTMLElement[] {
  const notices = [
    ...warnings.map((warning) =>
      h(
        "article",
        { class: "finding" },
        h(
          "p",
          { class: "finding-message" },
          badge("warning"),
          h("span", {}, `Line ${warning.line + 1}: ${printable(warning.message, LIMITS.sentence)}`),
        ),
        remedy(warning.remedy),
      ),
    ),
    ...(unfinished.length === 0
      ? []
      : [
          h(
            "p",
            { class: "muted" },
            `${plural(unfinished.length, "file")} without .meta, of runs that did not finish: ${unfinished
              .map((file) => printable(file, LIMITS.value))
              .slice(0, MOST_FAILED)
              .join(", ")}`,
          ),
        ]),
    ...(others === 0
      ? []
      : [h("p", { class: "muted" }, `${plural(others, "run")} in the folder, booted otherwise, left out.`)]),
  ];
  return notices.length === 0 ? [] : [h("section", {}, h("h2", {}, "Definition and folder"), ...notices)];
}

function failedBoot({ number, message, remedy: todo, consoleEnd }: FailedBoot, label: string): HTMLElement {
  return h(
    "article",
    { class: "finding" },
    h(
      "p",
      { class: "finding-message" },
      badge("inconclusive", "Failed boot"),
      h("span", {}, `Run ${number} (${label}): ${printable(message, LIMITS.sentence)}`),
    ),
    remedy(todo),
    consoleEnd === ""
      ? h("p", { class: "muted" }, "Nothing came over the console.")
      : h(
          "details",
          { class: "raw" },
          h("summary", {}, "End of the console"),
          h(
            "pre",
            { tabindex: 0, role: "region", "aria-label": `Console of run ${number}` },
            printable(consoleEnd, LIMITS.raw),
          ),
        ),
  );
}

function failedSection({ failed, sets }: BootTestReport): readonly HTMLElement[] {
  if (failed.length === 0) return [];
  const more = failed.length - MOST_FAILED;
  return [
    h(
      "section",
      {},
      h("h2", {}, "Failed boots"),
      ...failed.slice(0, MOST_FAILED).map((boot) => failedBoot(boot, setLabel(sets[boot.set]))),
      more <= 0 ? null : h("p", { class: "muted" }, `${integer(more)} more, in the saved report.`),
    ),
  ];
}

/** What is found of many runs alike is told once. */
function findingsOnce(findings: readonly Finding[], rules: ReportView["rules"]): readonly HTMLElement[] {
  const told = findings.filter(({ verdict }) => verdict === "fail" || verdict === "inconclusive");
  const first = told.filter(({ rule }, i) => told.findIndex((other) => other.rule === rule) === i);
  if (first.length === 0) return [];
  const blocks = first.map((finding) => {
    const others = told.filter(({ rule }) => rule === finding.rule).length - 1;
    const block = findingBlock(finding, rules);
    if (others > 0) block.append(h("p", { class: "muted" }, `So it is with ${plural(others, "more run")}.`));
    return block;
  });
  return [h("section", {}, h("h2", {}, "Findings"), ...blocks)];
}

function chartRows(
  { sets, best }: BootTestReport,
  spreadOf: (set: BootTestReport["sets"][number]) => Spread | null,
  valueOf: (run: BootTestReport["sets"][number]["runs"][number]) => number | null,
): readonly SpreadRow[] {
  return sets.slice(0, MOST_DRAWN).flatMap((set, i): SpreadRow[] => {
    const spread = spreadOf(set);
    if (spread === null) return [];
    const words = set.options.length === 0 ? [setLabel(set)] : optionWords(set);
    const runs = set.runs.flatMap((run) => valueOf(run) ?? []);
    return [{ words, spread, runs, processed: set.data === "processed", best: sets.length > 1 && i === best }];
  });
}

function charts(report: BootTestReport, signal: AbortSignal): readonly HTMLElement[] {
  const { sets, bits } = report;
  const entropies = chartRows(
    report,
    (set) => set.minEntropy,
    ({ samples }) => samples.minEntropy,
  );
  const rates = chartRows(
    report,
    (set) => set.bitsPerSecond,
    (run) => run.bitsPerSecond,
  );
  const drawn = [
    { title: "Min-entropy", unit: "bits per sample", max: bits, rows: entropies, write: entropy },
    { title: "Entropy per unit of time", unit: "bits per second", max: null, rows: rates, write: rate },
  ].filter(({ rows }) => rows.length > 0);
  if (drawn.length === 0) return [];
  const hatched = sets.some(({ data }) => data === "processed");
  return [
    h("div", { class: "spreads" }, ...drawn.map((chart) => spreadChart(chart, SETS, signal))),
    h(
      "p",
      { class: "legend" },
      h("span", { class: "key" }, h("span", { class: "swatch band" }), "median"),
      ...(hatched ? [h("span", { class: "key" }, h("span", { class: "swatch hatched" }), "processed data")] : []),
      h("span", { class: "key" }, h("span", { class: "dots" }, "•–•"), "each run, from the least to the greatest"),
      ...(report.best === null || sets.length < 2 ? [] : [h("span", { class: "key" }, "◂ most per unit of time")]),
      sets.length <= MOST_DRAWN
        ? null
        : h("span", { class: "note" }, `The first ${MOST_DRAWN} of ${integer(sets.length)} sets are drawn.`),
    ),
  ];
}

function caveat(text: string): HTMLElement {
  return h("p", { class: "finding-message caveat" }, badge("warning", "Bear in mind"), h("span", {}, text));
}

/** What a boot test came to over its matrix of parameters, and what went wrong. */
export function bootTestBody(
  report: BootTestReport,
  {
    item,
    rules,
    caveats,
    choices,
  }: Pick<ReportView, "rules" | "caveats"> & { readonly item: string; readonly choices: Choices },
  signal: AbortSignal,
): readonly HTMLElement[] {
  return [
    h("section", { class: "overview", "aria-label": "Outcome" }, outcome(report), facts(report)),
    ...missingSection(report, item),
    ...failedSection(report),
    h(
      "section",
      {},
      h("h2", {}, "Sets of parameters"),
      ...charts(report, signal),
      setsTable(report, item, SETS, choices),
      ...caveats.figures.map((text) => h("p", { class: "muted" }, text)),
    ),
    ...(caveats.comparison === null
      ? []
      : [
          h(
            "section",
            {},
            h("h2", {}, "Raw beside processed"),
            caveat(caveats.comparison),
            report.pairs.length === 0 ? null : pairsTable(report),
          ),
        ]),
    ...findingsOnce(report.findings, rules),
    ...noticesSection(report),
  ];
}
