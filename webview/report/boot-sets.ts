import type { BootTestReport, SamplesReport } from "../../src/model";
import type { BootRun, BootTestSet, Spread } from "../../src/model/boot-test";
import { h, plainButton } from "../dom";
import { foreign } from "../finding";
import { entropy, integer, LIMITS, plural, printable } from "../format";
import type { Choices } from "../memory";
import { post } from "../messages";
import { DataTable, type Column } from "./data-table";

type SetOfRuns = BootTestSet<SamplesReport>;

/** Options that have a column at any width; of more, the unfolded row tells. */
const NARROW_OPTIONS = 3;

const shortName = (option: string): string => option.replace(/^kernel\.jitterentropy\./, "");

/** The options of a set, each `name=value`, without what those of jitterentropy begin with. */
export function optionWords({ options }: SetOfRuns): readonly string[] {
  return options.map(([name, value]) => printable(`${shortName(name)}=${value}`, LIMITS.name));
}

/** The same in one line. */
export function setLabel(set: SetOfRuns): string {
  return set.options.length === 0 ? "as they are" : optionWords(set).join(" ");
}

/** Entropy per second: three digits of what is small, whole numbers of the rest. */
export function rate(bitsPerSecond: number): string {
  return bitsPerSecond < 100 ? bitsPerSecond.toPrecision(3) : integer(Math.round(bitsPerSecond));
}

function figure(value: number | null, write: (value: number) => string): HTMLElement {
  return value === null
    ? h("span", { class: "muted", title: "not known" }, "–")
    : h("span", { title: String(value) }, write(value));
}

/** The median, and the range that it is of, as two columns. */
function spreadColumns(
  id: string,
  title: string,
  of: (set: SetOfRuns) => Spread | null,
  write: (value: number) => string,
): readonly Column<SetOfRuns>[] {
  return [
    {
      id,
      title,
      number: true,
      ...(id === "rate" ? { roomy: true } : {}),
      key: (set) => of(set)?.median ?? -1,
      cell: (set) => figure(of(set)?.median ?? null, write),
    },
    {
      id: `${id}-spread`,
      title: "Least to greatest",
      number: true,
      spare: true,
      key: (set) => of(set)?.least ?? -1,
      cell: (set) => {
        const spread = of(set);
        if (spread !== null && set.runs.length === 1) return h("span", { class: "muted" }, "one run");
        return spread === null ? figure(null, write) : `${write(spread.least)} to ${write(spread.greatest)}`;
      },
    },
  ];
}

function columns({ sets, iterations, bits }: BootTestReport): readonly Column<SetOfRuns>[] {
  const value = ({ options }: SetOfRuns, i: number): string => printable(options[i][1], LIMITS.name);
  const options = sets[0].options.slice(1).map(([name], i): Column<SetOfRuns> => ({
    id: `option-${i + 1}`,
    title: printable(shortName(name), LIMITS.name),
    key: (set) => value(set, i + 1),
    cell: (set) => h("bdi", {}, value(set, i + 1)),
    ...(i + 1 < NARROW_OPTIONS ? {} : { spare: true }),
  }));
  const data: Column<SetOfRuns> = {
    id: "data",
    title: "Data",
    spare: true,
    key: (set) => set.data ?? "",
    cell: (set) => set.data ?? figure(null, rate),
  };
  return [
    ...options,
    ...(sets.some((set) => set.data !== null) ? [data] : []),
    {
      id: "runs",
      title: "Runs",
      number: true,
      spare: true,
      key: ({ runs }) => runs.length,
      cell: ({ runs }) =>
        runs.length < iterations ? `${integer(runs.length)} of ${integer(iterations)}` : integer(runs.length),
    },
    ...spreadColumns("min-entropy", `Bits of ${bits}`, (set) => set.minEntropy, entropy),
    ...spreadColumns("rate", "Bits per second", (set) => set.bitsPerSecond, rate),
  ];
}

function runLine(item: string, { number, samples, bitsPerSecond }: BootRun<SamplesReport>): HTMLElement {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, `Run ${number}`),
    h("td", { class: "number" }, figure(samples.minEntropy, entropy)),
    h("td", { class: "number roomy" }, figure(bitsPerSecond, rate)),
    h(
      "td",
      {},
      plainButton(
        {
          class: "link",
          title: printable(samples.input.file, LIMITS.value),
          "aria-label": `Assessment of run ${number}`,
        },
        () => post({ type: "open-run", item, run: number }),
        "Assessment",
      ),
    ),
  );
}

/** What a row unfolds to: the whole options, and every run with a way to its assessment. */
function details(item: string, set: SetOfRuns): HTMLElement {
  const options = set.options.flatMap(([name, value]) => [
    h("dt", {}, printable(name, LIMITS.name)),
    h("dd", {}, foreign(value, LIMITS.value)),
  ]);
  const head = [
    h("th", { scope: "col" }, "Run"),
    h("th", { scope: "col", class: "number" }, "Min-entropy"),
    h("th", { scope: "col", class: "number roomy" }, "Bits per second"),
    h("td"),
  ];
  return h(
    "div",
    {},
    options.length === 0 ? null : h("dl", { class: "facts" }, ...options),
    set.runs.length === 0
      ? h("p", { class: "muted" }, "Not booted yet.")
      : h(
          "table",
          { class: "data runs" },
          h("caption", { class: "hidden" }, `Runs with ${setLabel(set)}`),
          h("thead", {}, h("tr", {}, ...head)),
          h("tbody", {}, ...set.runs.map((run) => runLine(item, run))),
        ),
  );
}

/**
 * The sets of parameters, an option a column, with the spread of their runs.
 * @param id the table's own, by which the charts refer to it
 */
export function setsTable(report: BootTestReport, item: string, id: string, choices: Choices): HTMLElement {
  const [{ options: of }] = report.sets;
  const content = {
    id,
    caption: "Sets of parameters",
    rows: report.sets,
    name: ({ options }: SetOfRuns) => printable(options.length === 0 ? "as they are" : options[0][1], LIMITS.name),
    nameTitle: of.length === 0 ? "Parameters" : printable(shortName(of[0][0]), LIMITS.name),
    text: (set: SetOfRuns) => `${setLabel(set)} ${set.data ?? ""}`,
    columns: columns(report),
    details: (set: SetOfRuns) => details(item, set),
    sortedBy: "definition",
  };
  return new DataTable(content, choices).element;
}

/** Raw and processed sets that differ in nothing else, side by side. */
export function pairsTable({ sets, pairs, bits }: BootTestReport): HTMLElement {
  const shared = ({ options }: SetOfRuns): string =>
    setLabel({ ...sets[0], options: options.filter(([name]) => shortName(name) !== "raw") });
  const median = (set: number): HTMLElement =>
    h("td", { class: "number" }, figure(sets[set].minEntropy?.median ?? null, entropy));
  return h(
    "table",
    { class: "data", id: "pairs" },
    h(
      "caption",
      { class: "hidden" },
      `Raw and processed runs side by side, median of ${plural(bits, "bit")} per sample`,
    ),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, "Parameters"),
        h("th", { scope: "col", class: "number" }, "Raw"),
        h("th", { scope: "col", class: "number" }, "Processed"),
      ),
    ),
    h(
      "tbody",
      {},
      ...pairs.map(({ raw, processed }) =>
        h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, shared(sets[raw]))), median(raw), median(processed)),
      ),
    ),
  );
}
