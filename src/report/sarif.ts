import type { Location, Log, Region, ReportingDescriptor, Result, Run } from "sarif";
import { RULES } from "../compliance/rules";
import type { RuleId, Severity } from "../model";
import type { FileRegion } from "../model/definitions";
import { toJson } from "./json";
import type { Outline, OutlineFinding } from "./outline/outline";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const satisfies Record<Severity, string>;

/** What files are named below, so that a report made here can be read there. */
export interface SarifOptions {
  /** The absolute path of the folder that counts as the root of the sources; null: none, paths stay absolute. */
  readonly root: string | null;
}

/**
 * Reports as SARIF 2.1.0, a run each. What passed is left out, since consumers list every result; what could not be
 * measured is "open". https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function outlinesToSarif(outlines: readonly Outline[], { root }: SarifOptions): string {
  // of several, each is a series of its own: what stands before the last slash (3.17.3)
  const series = ({ kind, source }: Outline) => ({ automationDetails: { id: `entropy-check/${kind}/${source}/` } });
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: outlines.map((outline) => ({ ...(outlines.length === 1 ? {} : series(outline)), ...runOf(outline, root) })),
  };
  return toJson(log);
}

function runOf(outline: Outline, root: string | null): Run {
  const told = outline.findings.filter(({ verdict }) => verdict === "fail" || verdict === "inconclusive");
  const ids = [...new Set(told.map(({ rule }) => rule))];
  // a baseline state stands at all results or at none (3.27.24)
  const hasBaseline = told.some(({ known }) => known === true);
  const files = new Files(root);
  return {
    tool: {
      driver: {
        name: "Entropy Check",
        version: outline.tool.version,
        semanticVersion: outline.tool.version,
        rules: ids.map(descriptor),
      },
    },
    columnKind: "utf16CodeUnits",
    ...(root === null ? {} : { originalUriBaseIds: { [BASE]: { uri: `${fileUri(root)}/` } } }),
    invocations: [{ executionSuccessful: true, startTimeUtc: outline.startedAt, endTimeUtc: outline.finishedAt }],
    artifacts: outline.artifacts.map(({ file, sha256 }) => ({
      location: files.location(file),
      ...(sha256 === null ? {} : { hashes: { "sha-256": sha256 } }),
    })),
    results: told.map((finding) => ({
      ...resultOf(finding, ids, outline, files),
      ...(hasBaseline ? { baselineState: finding.known === true ? ("unchanged" as const) : ("new" as const) } : {}),
    })),
    properties: { verdict: outline.verdict, subject: outline.title },
  };
}

function descriptor(id: RuleId): ReportingDescriptor {
  const { title, clause, profile, severity, help, source } = RULES[id];
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${title}. ${profile}, ${clause}.` },
    help: { text: help, markdown: help },
    helpUri: source,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { profile, clause },
  };
}

function resultOf(finding: OutlineFinding, ids: readonly RuleId[], outline: Outline, files: Files): Result {
  const { rule, verdict, severity, subject, message, evidence, remedy, region, edits, suppressed } = finding;
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    // 3.27.9 and 3.27.10: a level other than "none" is for what failed
    ...(verdict === "fail" ? { kind: "fail", level: LEVELS[severity] } : { kind: "open", level: "none" }),
    message: { text: plain(remedy === null ? message : `${message}\n${remedy}`) },
    locations: [locationOf(finding, outline, files)],
    partialFingerprints: { "entropyCheck/v1": fingerprint(finding) },
    ...(region === null || edits.length === 0
      ? {}
      : {
          fixes: edits.map(({ at, text }) => ({
            description: { text: remedy ?? "Write it right" },
            artifactChanges: [
              {
                artifactLocation: files.location(at.file),
                replacements: [
                  {
                    deletedRegion: { charOffset: at.start, charLength: at.end - at.start },
                    insertedContent: { text },
                  },
                ],
              },
            ],
          })),
        }),
    ...(suppressed === undefined
      ? {}
      : { suppressions: [{ kind: "external", status: "accepted", justification: suppressed.reason }] }),
    properties: {
      subject: subject.id,
      evidence: evidence.map(({ label, value }) => `${label}: ${value}`),
    },
  };
}

/** A message in which nothing is a link (3.11.6): names come from outside. */
const plain = (text: string): string =>
  text.replace(/[^\]]+(?:\]\(?|$)/g, (piece) => (piece.endsWith("](") ? piece.replaceAll("[", "\\[") : piece));

/** What the finding is of, whatever its wording: the same in every run (3.27.16). */
function fingerprint({ rule, subject }: OutlineFinding): string {
  return `${rule}/${subject.kind}/${subject.kind === "flavor" || subject.kind === "image" ? subject.name : subject.id}`;
}

function locationOf({ region, subject }: OutlineFinding, { anchor, artifacts }: Outline, files: Files): Location {
  const logicalLocations = [{ name: subject.name, fullyQualifiedName: subject.id, kind: subject.kind }];
  const file = region?.file ?? anchor?.file ?? artifacts.at(0)?.file;
  if (file === undefined) return { logicalLocations };
  const place = region !== null ? regionOf(region) : anchor !== null ? { startLine: anchor.line + 1 } : null;
  return {
    physicalLocation: { artifactLocation: files.location(file), ...(place === null ? {} : { region: place }) },
    logicalLocations,
  };
}

/** Lines and columns from 1, the end column excluded (3.30). */
function regionOf({ start, end, startLine, startCharacter, endLine, endCharacter }: FileRegion): Region {
  return {
    ...{ startLine: startLine + 1, startColumn: startCharacter + 1, endLine: endLine + 1, endColumn: endCharacter + 1 },
    ...{ charOffset: start, charLength: end - start },
  };
}

const BASE = "SRCROOT";

/** Paths as URIs, relative to the root where they are below it. */
class Files {
  constructor(private readonly root: string | null) {}

  location(file: string): { uri: string; uriBaseId?: string } {
    const prefix = this.root === null ? null : `${withSlashes(this.root).replace(/\/$/, "")}/`;
    const path = withSlashes(file);
    if (prefix !== null && path.startsWith(prefix)) return { uri: encoded(path.slice(prefix.length)), uriBaseId: BASE };
    return { uri: isAbsolute(path) ? fileUri(path) : encoded(path) };
  }
}

const withSlashes = (path: string): string => path.replaceAll("\\", "/");
const isAbsolute = (path: string): boolean => /^(?:\/|[A-Za-z]:\/)/.test(path);
const encoded = (path: string): string =>
  path
    .replace(/\p{Cs}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");

function fileUri(path: string): string {
  const absolute = withSlashes(path).replace(/\/$/, "");
  return `file://${absolute.startsWith("/") ? "" : "/"}${encoded(absolute).replace(/^([A-Za-z])%3A/, "$1:")}`;
}
