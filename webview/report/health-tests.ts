import type { HealthTestsReport } from "../../src/model";
import type { HealthTestFailure } from "../../src/model/health-tests";
import type { ReportView } from "../../src/vscode/protocol";
import { h, type Child } from "../dom";
import { copyButton } from "../finding";
import { integer, LIMITS, plural, printable } from "../format";
import { badge, type Mark } from "../mark";
import type { Choices } from "../memory";
import { symbol } from "../symbol";
import { DataTable } from "./data-table";
import { failurePlot } from "./failure-plot";
import { originSection } from "./origin";
import { samplePlot } from "./sample-plot";
import { findingsSection } from "./unsettled";

const TESTS = "health-tests";
const FAILURES = "failures";
/** So many failures are listed until all are asked for. */
const FIRST = 50;

const TEST_NAMES = { repetitionCount: "Repetition count", adaptiveProportion: "Adaptive proportion" } as const;
type TestName = keyof typeof TEST_NAMES;

const MARK_OF: Readonly<Record<HealthTestsReport["verdict"], Mark>> = {
  pass: "pass",
  fail: "error",
  inconclusive: "inconclusive",
};

function where(test: TestName, { healthTests }: HealthTestsReport): string {
  return test === "repetitionCount" ? "in a row" : `in a window of ${integer(healthTests.adaptiveProportion.window)}`;
}

function powerOfTwo(value: number): HTMLElement {
  return h("span", {}, "2", h("sup", {}, String(Number(Math.log2(value).toPrecision(6))).replace("-", "−")));
}

function outcome(report: HealthTestsReport): HTMLElement {
  const { repetitionCount, adaptiveProportion, samples, startUp } = report.healthTests;
  const failures = repetitionCount.failures + adaptiveProportion.failures;
  const words = { pass: "passes", fail: "fails", inconclusive: "is inconclusive" } as const;
  return h(
    "div",
    { class: "assessed" },
    h("h2", {}, "Failures"),
    h(
      "p",
      { class: "hero" },
      h("span", { class: "hero-value" }, integer(failures)),
      h("span", { class: "hero-unit" }, ` in ${plural(samples, "sample")}`),
    ),
    h(
      "p",
      {},
      `The repetition count test ${words[repetitionCount.verdict]}, the adaptive proportion test ${words[adaptiveProportion.verdict]}, the start-up test ${words[startUp.verdict]}.`,
    ),
  );
}

function facts({ input, healthTests }: HealthTestsReport): HTMLElement {
  const { minEntropy, alpha, rule, startUpSamples, binary } = healthTests.parameters;
  const rules = {
    "sp800-90b": "as SP 800-90B prints it",
    corrected: "corrected: a window’s first sample counts itself",
  } as const;
  const rows: readonly (readonly [Child, Child])[] = [
    [symbol("H"), `${minEntropy} bits per sample, as claimed`],
    [symbol("α"), h("span", {}, powerOfTwo(alpha), `, once in ${integer(Math.round(1 / alpha))}`)],
    ["Proportion cutoff", rules[rule]],
    ["Start-up", `the first ${integer(startUpSamples)} samples`],
    ["Bits per sample", binary ? "1, a binary source" : String(input.bits)],
    [
      "Preparation",
      h("span", {}, ...input.preparation.map(({ text }) => h("p", {}, printable(text, LIMITS.sentence)))),
    ],
    ["SHA-256", h("span", {}, h("code", { class: "digest" }, input.sha256), copyButton(input.sha256, "the SHA-256"))],
  ];
  return h(
    "dl",
    { class: "facts sample-facts" },
    ...rows.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]),
  );
}

function testsTable(report: HealthTestsReport): HTMLElement {
  const { healthTests } = report;
  const { startUp, parameters } = healthTests;
  const row = (name: string, clause: string, cells: readonly string[], verdict: HealthTestsReport["verdict"]) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      h("td", { class: "spare muted" }, clause),
      ...cells.map((cell, i) => h("td", { class: i === 0 ? null : "number" }, cell)),
      h("td", {}, badge(MARK_OF[verdict])),
    );
  const test = (name: TestName, clause: string) => {
    const { cutoff, most, failures, verdict } = healthTests[name];
    const cells = [`${integer(cutoff)} ${where(name, report)}`, integer(most), integer(failures)];
    return row(TEST_NAMES[name], clause, cells, verdict);
  };
  const started = `any failure in the first ${integer(parameters.startUpSamples)}`;
  return h(
    "table",
    { class: "data", id: TESTS },
    h("caption", { class: "hidden" }, "Health tests"),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, "Test"),
        h("th", { scope: "col", class: "spare" }, "Clause"),
        h("th", { scope: "col" }, "Fails at"),
        h("th", { scope: "col", class: "number" }, "Most seen"),
        h("th", { scope: "col", class: "number" }, "Failures"),
        h("th", { scope: "col" }, "Verdict"),
      ),
    ),
    h(
      "tbody",
      {},
      test("repetitionCount", "4.4.1"),
      test("adaptiveProportion", "4.4.2"),
      row("Start-up", "4.3", [started, "", integer(startUp.failures)], startUp.verdict),
    ),
  );
}

interface ListedFailure extends HealthTestFailure {
  readonly test: string;
}

function failuresTable(failures: readonly ListedFailure[], choices: Choices): HTMLElement {
  const number = (id: string, title: string, of: (failure: ListedFailure) => number, spare: boolean) => ({
    id,
    title,
    key: of,
    cell: (failure: ListedFailure) => integer(of(failure)),
    number: true as const,
    ...(spare ? { spare: true as const } : {}),
  });
  const content = {
    id: FAILURES,
    caption: "Failures",
    rows: failures,
    name: ({ test }: ListedFailure) => test,
    nameTitle: "Test",
    text: ({ test, position, start, symbol: value }: ListedFailure) =>
      [test, ...[position, start, value].flatMap((n) => [String(n), integer(n)])].join("\n"),
    columns: [
      number("position", "At sample", ({ position }) => position, false),
      number("start", "Since sample", ({ start }) => start, true),
      number("value", "Value", ({ symbol: value }) => value, false),
    ],
    sortedBy: "position",
    limit: FIRST,
  };
  return new DataTable(content, choices).element;
}

function failuresSection(report: HealthTestsReport, choices: Choices): HTMLElement | null {
  const { healthTests } = report;
  const tests = ["repetitionCount", "adaptiveProportion"] as const;
  const listed = tests.flatMap((test) =>
    healthTests[test].listed.map((failure) => ({ ...failure, test: TEST_NAMES[test] })),
  );
  if (listed.length === 0) return null;
  const all = healthTests.repetitionCount.failures + healthTests.adaptiveProportion.failures;
  return h(
    "section",
    {},
    h("h2", {}, "Every failure"),
    all === listed.length
      ? null
      : h(
          "p",
          { class: "muted" },
          `Of ${integer(all)} failures, the first of each test are listed: ${integer(listed.length)}.`,
        ),
    failuresTable(listed, choices),
  );
}

function firstFailures(report: HealthTestsReport, signal: AbortSignal): readonly HTMLElement[] {
  const { healthTests, trace, input } = report;
  return (["repetitionCount", "adaptiveProportion"] as const).flatMap((test) => {
    const { cutoff, listed } = healthTests[test];
    const failure = listed.at(0);
    const excerpt = trace.firstFailure[test];
    if (failure === undefined || excerpt === null) return [];
    const name = `${TEST_NAMES[test].toLowerCase()} test`;
    const plot = { test: name, where: where(test, report), cutoff, failure, excerpt, bits: input.bits };
    return [failurePlot(plot, FAILURES, signal)];
  });
}

/** What the health tests found in the samples of a file, and where. */
export function healthTestsBody(
  report: HealthTestsReport,
  { rules, choices }: { readonly rules: ReportView["rules"]; readonly choices: Choices },
  signal: AbortSignal,
): readonly HTMLElement[] {
  const first = firstFailures(report, signal);
  const failures = failuresSection(report, choices);
  return [
    h("section", { class: "overview", "aria-label": "Outcome" }, outcome(report), facts(report)),
    ...findingsSection(report.findings, rules),
    ...(report.input.origin === undefined ? [] : [originSection(report.input.origin)]),
    h("section", {}, h("h2", {}, "Tests"), testsTable(report)),
    h(
      "section",
      {},
      h("h2", {}, "Samples"),
      samplePlot(report, TESTS, signal),
      first.length === 0 ? null : h("div", { class: "first-failures" }, ...first),
    ),
    ...(failures === null ? [] : [failures]),
  ];
}
