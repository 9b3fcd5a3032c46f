import type { SamplesReport } from "../../src/model";
import type { ReportView } from "../../src/vscode/protocol";
import { h, type Child } from "../dom";
import { copyButton, findingBlock } from "../finding";
import { entropy, integer, LIMITS, printable } from "../format";
import { symbol } from "../symbol";
import { deciding, ESTIMATORS } from "./estimators";
import { estimatesChart } from "./estimates-chart";
import { CEILING, estimatesTable } from "./estimates-table";
import { iidSection } from "./iid";
import { originSection } from "./origin";

const TABLE = "estimates";

function assessed(report: SamplesReport): HTMLElement {
  const { minEntropy, input } = report;
  const decides = deciding(report);
  if (minEntropy === null) {
    return h(
      "div",
      { class: "assessed" },
      h("h2", {}, "Assessed min-entropy"),
      h("p", { class: "hero" }, h("span", { class: "hero-value muted" }, "none")),
      h(
        "p",
        {},
        report.track === "iid"
          ? "The samples failed the tests of the IID track: it gives them no figure. The non-IID track takes any source."
          : "None of the estimators gives a value for these data.",
      ),
    );
  }
  const source = (() => {
    if (decides === null) return "Bounded by the width of the symbol.";
    const { name, clause } = ESTIMATORS[decides.estimator];
    return `Decided by the ${name} estimate (${clause}) of the ${decides.scope === "literal" ? "literal symbols" : "bitstring"}.`;
  })();
  const share = h("div", { class: "share" });
  share.style.width = `${Math.min(100, (minEntropy / input.bits) * 100)}%`;
  return h(
    "div",
    { class: "assessed" },
    h("h2", {}, "Assessed min-entropy"),
    h(
      "p",
      { class: "hero", title: `${minEntropy} bits per symbol` },
      h("span", { class: "hero-value" }, entropy(minEntropy)),
      h("span", { class: "hero-unit" }, ` of ${input.bits} ${input.bits === 1 ? "bit" : "bits"} per symbol`),
    ),
    h("div", { class: "share-track" }, share),
    h("p", { class: "muted" }, source),
    report.ceiling === null
      ? null
      : h(
          "p",
          { class: "muted", title: CEILING },
          `Ideal data of this size are assessed at ${entropy(report.ceiling)}.`,
        ),
  );
}

/** The track of the figure, and whether it is the one that was asked for. */
function track({ track: used, requestedTrack, mostBits }: SamplesReport): string {
  const name = { iid: "IID", "non-iid": "non-IID" }[used];
  const fallback = requestedTrack === "both" && used === "non-iid" ? ", since the samples failed the IID tests" : "";
  return `${name}${fallback}${mostBits === null ? "" : `, bitstring cut to ${integer(mostBits)} bits`}`;
}

function facts(report: SamplesReport): HTMLElement {
  const { input, hOriginal, hBitstring } = report;
  const exact = (value: number | null, unit: string): HTMLElement =>
    value === null
      ? h("dd", { class: "muted" }, "none")
      : h("dd", { title: String(value) }, `${entropy(value)} ${unit}`);
  const rows: readonly (readonly [Child, HTMLElement])[] = [
    ["Track", h("dd", {}, track(report))],
    ...(report.purpose === "conditioned"
      ? [["Assessed for", h("dd", {}, "h′, of a conditioned output")] as const]
      : []),
    [symbol("H_original"), exact(hOriginal, "bits per symbol")],
    ...(input.bits === 1
      ? []
      : [
          [
            symbol("H_bitstring"),
            hBitstring === null
              ? exact(null, "")
              : h(
                  "dd",
                  { title: String(hBitstring) },
                  `${entropy(hBitstring)} per bit `,
                  h("span", { class: "muted" }, `× ${input.bits} = ${entropy(hBitstring * input.bits)}`),
                ),
          ] as const,
        ]),
    ["Samples", h("dd", {}, integer(input.samples))],
    ["Distinct symbols", h("dd", {}, `${integer(input.symbols)} of ${integer(2 ** input.bits)}`)],
    [
      "Bits per symbol",
      h(
        "dd",
        {},
        `${input.bits}`,
        input.bitsInferred ? h("span", { class: "muted" }, " inferred from the data") : null,
      ),
    ],
    ["Preparation", h("dd", {}, ...input.preparation.map(({ text }) => h("p", {}, printable(text, LIMITS.sentence))))],
    ["SHA-256", h("dd", {}, h("code", { class: "digest" }, input.sha256), copyButton(input.sha256, "the SHA-256"))],
  ];
  return h("dl", { class: "facts sample-facts" }, ...rows.flatMap(([term, value]) => [h("dt", {}, term), value]));
}

/**
 * The assessment of a sample file.
 * @param item whose report it is
 */
export function samplesBody(
  report: SamplesReport,
  item: string,
  rules: ReportView["rules"],
  signal: AbortSignal,
): readonly HTMLElement[] {
  const told = report.findings.filter((f) => f.verdict !== "not-applicable" && f.verdict !== "pass");
  return [
    h("section", { class: "overview", "aria-label": "Assessment" }, assessed(report), facts(report)),
    ...(told.length === 0
      ? []
      : [h("section", {}, h("h2", {}, "Findings"), ...told.map((f) => findingBlock(f, rules)))]),
    ...(report.input.origin === undefined ? [] : [originSection(report.input.origin)]),
    ...(report.iid === null ? [] : [iidSection(report.iid)]),
    h(
      "section",
      {},
      h("h2", {}, "Estimates"),
      report.minEntropy === null
        ? estimatesTable(report, TABLE, item)
        : h(
            "div",
            { class: "estimates-columns" },
            estimatesChart(report, TABLE, signal),
            estimatesTable(report, TABLE, item),
          ),
    ),
  ];
}
