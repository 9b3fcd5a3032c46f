import type {
  CloudReport,
  Estimate,
  EstimatorId,
  Finding,
  InstanceReport,
  MachineReport,
  SamplesReport,
} from "../model";
import { counts } from "./build";
import { iidLines } from "./iid-text";
import { originLines } from "./origin-text";
import { setAside } from "./words";

/** The clauses of NIST SP 800-90B that define the estimators. */
export const ESTIMATOR_CLAUSES: Readonly<Record<EstimatorId, string>> = {
  "most-common-value": "6.3.1",
  collision: "6.3.2",
  markov: "6.3.3",
  compression: "6.3.4",
  "t-tuple": "6.3.5",
  lrs: "6.3.6",
  "multi-mcw": "6.3.7",
  lag: "6.3.8",
  "multi-mmc": "6.3.9",
  lz78y: "6.3.10",
};

export const MARKS = { pass: "ok", fail: "FAIL", inconclusive: "????", "not-applicable": "--" } as const;

/** A report whose text is what was read and the findings; of those of tests, `restart-text` and `health-tests-text` tell. */
export type CheckReport = CloudReport | MachineReport | SamplesReport | InstanceReport;

/** A report for people, as plain text of at most about 100 columns; what came from outside is made printable. */
export function reportToText(report: CheckReport): string {
  return `${[...describe(report), ...judgedBy(report), "", ...findingLines(report), "", verdictLine(report)].map(printable).join("\n")}\n`;
}

function describe(report: CheckReport): string[] {
  switch (report.kind) {
    case "cloud":
      return describeCloud(report);
    case "instance":
      return describeInstances(report);
    case "machine":
      return describeMachine(report);
    case "samples":
      return describeSamples(report);
  }
}

/** Which version of SCS-0101 has judged, if one has. */
function judgedBy({ findings }: CheckReport): string[] {
  const basis = findings.find((finding) => finding.basis !== undefined)?.basis;
  return basis === undefined ? [] : [`Judged by ${basis.document}`];
}

function describeCloud({ source, observations: { flavors, images } }: CloudReport): string[] {
  const count = (o: typeof flavors | typeof images, noun: string) =>
    o.status === "measured" ? `${o.value.length} ${noun}` : `${noun} not read`;
  return [
    `Cloud ${source.name}${source.region === null ? "" : `, region ${source.region}`} (${source.authUrl})`,
    `${count(flavors, "flavors")}, ${count(images, "images")}`,
  ];
}

function describeInstances({ source, run, askedBy, instances }: InstanceReport): string[] {
  const servers = instances.flatMap(({ image, flavor, volume, notes }) => [
    `Image ${image.name}, flavor ${flavor?.name ?? "none"}${volume === null ? "" : `, from a volume of ${volume} GiB`}`,
    ...notes.map((note) => `  ${note}`),
  ]);
  const how = askedBy === "console" ? "by their consoles" : "over SSH";
  return [`Sample instances of cloud ${source.name} (${source.authUrl}), ${how}, run ${run}`, ...servers];
}

function describeMachine({ source, observations: { kernel } }: MachineReport): string[] {
  return [
    `Machine ${source.name}${source.name === source.address ? "" : ` (${source.address})`}`,
    kernel.status === "measured" ? `Kernel ${kernel.value}` : "Kernel not read",
  ];
}

function describeSamples(report: SamplesReport): string[] {
  const { input, estimates, iid } = report;
  return [
    input.file,
    `${count(input.samples)} sample${input.samples === 1 ? "" : "s"} of ${input.bits} bit${input.bits === 1 ? "" : "s"}${
      input.bitsInferred ? " (inferred)" : ""
    }, ${count(input.symbols)} symbol${input.symbols === 1 ? "" : "s"}, SHA-256 ${input.sha256}`,
    ...input.preparation.map(({ text }) => text),
    ...originLines(input.origin),
    ...modeLines(report),
    ...(iid === null ? [] : ["", ...iidLines(iid)]),
    "",
    ESTIMATES_HEADING,
    ...estimates.map(estimateLine),
    "",
    ...totalLines(report),
  ];
}

function modeLines({ purpose, mostBits }: SamplesReport): string[] {
  return [
    ...(purpose === "conditioned" ? ["Assessed as the output of a conditioning function, for h' (3.1.5.2)."] : []),
    ...(mostBits === null ? [] : [`Of the bitstring, no more than the first ${count(mostBits)} bits were assessed.`]),
  ];
}

function totalLines({ purpose, track, iid, hOriginal, hBitstring, minEntropy, ceiling }: SamplesReport): string[] {
  const total = (label: string, value: number | null, unit: string) =>
    `${label.padEnd(42)}${value === null ? "not computed" : `${entropy(value)}  ${unit}`}`;
  const by = track === "iid" ? "IID track" : "non-IID track";
  const unfounded = track === "iid" && iid?.verdict === "fail";
  if (purpose === "conditioned")
    // of a single symbol there is no bitstring estimate, and no entropy
    return [unfounded ? withheld(`h', ${by}`) : total(`h', ${by}`, hBitstring ?? 0, "bits per bit")];
  const assessed = `Assessed min-entropy, ${by}`;
  return [
    total("H_original", hOriginal, "bits per symbol"),
    ...(hBitstring === null ? [] : [total("H_bitstring", hBitstring, "bits per bit")]),
    unfounded ? withheld(assessed) : total(assessed, minEntropy, "bits per symbol"),
    ...(ceiling === null ? [] : [total("Ideal data of this size are assessed at", ceiling, "bits per symbol")]),
  ];
}

const withheld = (label: string) => `${label.padEnd(42)}none: the IID tests failed`;

/** A value at its ceiling is no weakness: ideal data of the size score no more. */
const ESTIMATES_HEADING = `${" ".repeat(42)}${"estimate".padStart(9)}  ${"ceiling".padStart(9)}: what ideal data of this size score`;

function estimateLine({ estimator, scope, minEntropy, notComputed, ceiling }: Estimate): string {
  const name = `${ESTIMATOR_CLAUSES[estimator].padEnd(7)}${estimator.padEnd(20)}${scope.padEnd(15)}`;
  if (minEntropy === null) return `${name}not computed: ${notComputed ?? ""}`;
  return `${name}${entropy(minEntropy)}${ceiling === null ? "" : `  ${entropy(ceiling)}`}`;
}

/** What needs attention, whole; what passed, as a count a rule. */
function findingLines(report: CheckReport): string[] {
  const lines = report.findings.filter((f) => f.verdict !== "pass").flatMap(findingParagraph);
  const passed = new Map<string, string[]>();
  for (const { rule, verdict, message } of report.findings)
    if (verdict === "pass") passed.set(rule, [...(passed.get(rule) ?? []), message]);
  for (const [rule, messages] of passed)
    lines.push(`${MARKS.pass.padEnd(5)}${messages.length === 1 ? messages.join() : `${messages.length} x ${rule}`}`);
  return lines;
}

function findingParagraph(f: Finding): string[] {
  const aside = setAside(f);
  if (aside !== null) return [`${MARKS["not-applicable"].padEnd(5)}${f.message}  [${f.rule}]`, `     ${aside}`];
  const mark =
    f.verdict === "fail" && f.severity !== "error" ? (f.severity === "warning" ? "warn" : "info") : MARKS[f.verdict];
  return [`${mark.padEnd(5)}${f.message}  [${f.rule}]`, ...(f.remedy === null ? [] : [`     ${f.remedy}`])];
}

function verdictLine(report: CheckReport): string {
  const findings = report.findings.filter(counts);
  const aside = report.findings.length - findings.length;
  const failed = (severity: Finding["severity"]) =>
    findings.filter((f) => f.verdict === "fail" && f.severity === severity).length;
  const told = [
    plural(failed("error"), "error"),
    plural(failed("warning"), "warning"),
    `${findings.filter((f) => f.verdict === "inconclusive").length} inconclusive`,
    ...(aside === 0 ? [] : [`${aside} known or suppressed`]),
  ];
  // no rule says how much entropy is enough, so samples do not pass: they are assessed
  const pass = report.kind === "samples" ? "Assessed" : "Passed";
  const word = { pass, fail: "Failed", inconclusive: "Inconclusive" }[report.verdict];
  return `${word}: ${told.join(", ")}.`;
}

/** Six decimals, as the NIST tool prints; a value that they would make zero keeps its digits. */
export const entropy = (bits: number) =>
  (bits > 0 && bits < 1e-5 ? bits.toExponential(3) : bits.toFixed(6)).padStart(9);
export const count = (n: number) => n.toLocaleString("en-US");
const plural = (n: number, noun: string) => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** Names and answers come from other machines: control and bidirectional characters would rewrite a terminal's screen. */
export function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, "\ufffd");
}
