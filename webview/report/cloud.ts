import type { CloudReport, Finding, Flavor, Image, Observation, RuleId, Subject } from "../../src/model";
import type { ReportView } from "../../src/vscode/protocol";
import { h, plainButton, type Child } from "../dom";
import { basisLine, findingBlock, foreign, provenanceLine, remedy, ruleLink, setAsideLine } from "../finding";
import { displayName, integer, LIMITS, mebibytes, plural, printable } from "../format";
import { worst, type Mark } from "../mark";
import type { Choices } from "../memory";
import { post } from "../messages";
import { DataTable, type TableContent } from "./data-table";

/** A flavor or an image with what was found of it. */
interface Judged<T> {
  readonly of: T;
  readonly findings: readonly Finding[];
  readonly mark: Mark;
}

/** What the bodies of a report need beside the report. */
export interface CloudContext {
  readonly item: string;
  readonly rules: ReportView["rules"];
  readonly choices: Choices;
}

function judged<T extends { readonly id: string }>(
  report: CloudReport,
  kind: Subject["kind"],
  things: readonly T[],
): readonly Judged<T>[] {
  const byId = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    if (finding.subject.kind !== kind) continue;
    const others = byId.get(finding.subject.id);
    if (others === undefined) byId.set(finding.subject.id, [finding]);
    else others.push(finding);
  }
  return things.map((of) => {
    const findings = byId.get(of.id) ?? [];
    // A thing that no rule could judge was not found to be good, unless no rule is asked for.
    const unjudged = isAskedFor(report, kind) ? "inconclusive" : "not-applicable";
    return { of, findings, mark: findings.length === 0 ? unjudged : worst(findings) };
  });
}

/** Whether the version of SCS-0101 that judges asks anything of flavors, or of images. */
function isAskedFor({ findings }: CloudReport, kind: Subject["kind"]): boolean {
  return !findings.some(({ rule, verdict }) => rule === `scs-0101-${kind}-property` && verdict === "not-applicable");
}

function value(values: Readonly<Record<string, string>> | null, name: string): string | null {
  return values !== null && Object.hasOwn(values, name) ? values[name] : null;
}

/** A property's value as it stands, told apart from none at all. */
function property(values: Readonly<Record<string, string>> | null, name: string): HTMLElement {
  if (values === null) return h("span", { class: "muted" }, "not readable");
  const set = value(values, name);
  return set === null ? h("span", { class: "muted" }, "not set") : h("code", {}, foreign(set, 60));
}

function rateLimit(flavor: Flavor): string | null {
  const bytes = value(flavor.extraSpecs, "hw_rng:rate_bytes");
  const period = value(flavor.extraSpecs, "hw_rng:rate_period");
  if (bytes === null && period === null) return null;
  return printable(`${bytes ?? "?"} B / ${period ?? "?"} ms`, 60);
}

/** Why nothing was found of a flavor or an image. */
const UNJUDGED = {
  "not-applicable": "The version of SCS-0101 that was chosen asks nothing of it.",
  inconclusive: "No rule could be applied: what it reads could not be read.",
} as const;

function details<T extends { readonly id: string }>(
  { of, findings, mark }: Judged<T>,
  facts: readonly (readonly [string, Child])[],
  { item, rules }: CloudContext,
): HTMLElement {
  return h(
    "div",
    {},
    ...findings.flatMap((f) => [
      h("p", {}, printable(f.message, LIMITS.sentence)),
      setAsideLine(f),
      f.remedy === null ? null : remedy(f.remedy),
      basisLine(f),
    ]),
    findings.length > 0 ? null : h("p", {}, UNJUDGED[mark === "not-applicable" ? mark : "inconclusive"]),
    h(
      "dl",
      { class: "facts" },
      ...[["ID", foreign(of.id)] as const, ...facts].flatMap(([term, value]) => [
        h("dt", {}, term),
        h("dd", {}, value),
      ]),
    ),
    h(
      "p",
      { class: "links" },
      plainButton(
        { class: "link" },
        () => post({ type: "reveal-subject", item, subject: of.id }),
        "Reveal in document",
      ),
      ...[...new Set(findings.map((f) => f.rule))].map((rule) => ruleLink(rule, rules)),
    ),
  );
}

function propertyFacts(values: Readonly<Record<string, string>> | null): readonly (readonly [string, Child])[] {
  return Object.entries(values ?? {}).map(([name, value]) => [
    printable(name, LIMITS.name),
    foreign(value, LIMITS.value),
  ]);
}

function flavorTable(report: CloudReport, flavors: readonly Flavor[], context: CloudContext): HTMLElement {
  const content: TableContent<Judged<Flavor>> = {
    id: "flavors",
    caption: "Flavors",
    rows: judged(report, "flavor", flavors),
    name: ({ of }) => displayName(of.name),
    mark: ({ mark }) => mark,
    text: ({ of }) => [of.name, of.id, ...Object.entries(of.extraSpecs ?? {}).map((spec) => spec.join("="))].join("\n"),
    columns: [
      {
        id: "allowed",
        title: "hw_rng:allowed",
        key: ({ of }) => value(of.extraSpecs, "hw_rng:allowed") ?? "",
        cell: ({ of }) => property(of.extraSpecs, "hw_rng:allowed"),
      },
      {
        id: "rate",
        title: "Rate limit",
        key: ({ of }) => Number(value(of.extraSpecs, "hw_rng:rate_bytes") ?? 0),
        cell: ({ of }) =>
          rateLimit(of) ?? h("span", { class: "muted" }, of.extraSpecs === null ? "not readable" : "none"),
        spare: true,
      },
      {
        id: "vcpus",
        title: "vCPUs",
        key: ({ of }) => of.vcpus,
        cell: ({ of }) => integer(of.vcpus),
        number: true,
        spare: true,
      },
      {
        id: "ram",
        title: "RAM",
        key: ({ of }) => of.ram,
        cell: ({ of }) => mebibytes(of.ram),
        number: true,
        spare: true,
      },
      {
        id: "disk",
        title: "Disk",
        key: ({ of }) => of.disk,
        cell: ({ of }) => `${integer(of.disk)} GiB`,
        number: true,
        spare: true,
      },
    ],
    details: (row) =>
      details(
        row,
        [
          ["Size", `${plural(row.of.vcpus, "vCPU")}, ${mebibytes(row.of.ram)} RAM, ${integer(row.of.disk)} GiB disk`],
          ["Access", row.of.isPublic ? "public" : "private"],
          ...propertyFacts(row.of.extraSpecs),
        ],
        context,
      ),
  };
  return new DataTable(content, context.choices).element;
}

function imageTable(report: CloudReport, images: readonly Image[], context: CloudContext): HTMLElement {
  const content: TableContent<Judged<Image>> = {
    id: "images",
    caption: "Images",
    rows: judged(report, "image", images),
    name: ({ of }) => displayName(of.name),
    mark: ({ mark }) => mark,
    text: ({ of }) =>
      [of.name, of.id, of.status, of.visibility, ...Object.entries(of.properties).map((p) => p.join("="))].join("\n"),
    columns: [
      {
        id: "model",
        title: "hw_rng_model",
        key: ({ of }) => value(of.properties, "hw_rng_model") ?? "",
        cell: ({ of }) => property(of.properties, "hw_rng_model"),
      },
      {
        id: "visibility",
        title: "Visibility",
        key: ({ of }) => of.visibility,
        cell: ({ of }) => printable(of.visibility, 40),
        spare: true,
      },
      {
        id: "status",
        title: "Status",
        key: ({ of }) => of.status,
        cell: ({ of }) => printable(of.status, 40),
        spare: true,
      },
    ],
    details: (row) =>
      details(
        row,
        [
          ["State", printable(`${row.of.status}, ${row.of.visibility}`, 80)],
          ["Needs", `${integer(row.of.minDisk)} GiB disk, ${mebibytes(row.of.minRam)} RAM`],
          ...propertyFacts(row.of.properties),
        ],
        context,
      ),
  };
  return new DataTable(content, context.choices).element;
}

/** One kind of things of a cloud: what was found of the kind as a whole, and a table of them. */
function listing<T>(
  title: string,
  seen: Observation<readonly T[]>,
  findings: readonly Finding[],
  rules: ReportView["rules"],
  table: (things: readonly T[]) => HTMLElement,
): HTMLElement {
  return h(
    "section",
    {},
    h("h2", {}, title),
    ...findings.map((finding) => findingBlock(finding, rules)),
    seen.status === "measured" && seen.value.length > 0 ? table(seen.value) : null,
    provenanceLine(seen.provenance),
  );
}

/** What a cloud answered and what was found in it. */
export function cloudBody(report: CloudReport, context: CloudContext): readonly HTMLElement[] {
  const { rules } = context;
  const { flavors, images } = report.observations;
  const ofWhole = (rule: RuleId) => report.findings.filter((f) => f.subject.kind === "cloud" && f.rule === rule);
  return [
    ...ofWhole("cloud-certificate").map((finding) => findingBlock(finding, rules)),
    listing("Flavors", flavors, ofWhole("scs-0101-flavor-property"), rules, (things) =>
      flavorTable(report, things, context),
    ),
    listing("Images", images, ofWhole("scs-0101-image-property"), rules, (things) =>
      imageTable(report, things, context),
    ),
  ];
}
