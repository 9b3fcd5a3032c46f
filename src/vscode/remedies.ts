import {
  CodeAction,
  CodeActionKind,
  languages,
  window,
  type CodeActionProvider,
  type Disposable,
  type Range,
  type TextDocument,
} from "vscode";
import { REQUIRED_PROPERTIES } from "../compliance/required-properties";
import { commandForCloud } from "../compliance/text";
import type { CloudReport, Finding, Report } from "../model";
import { counts } from "../report/build";
import { cloudSecrets } from "./cloud-secrets";
import type { Demo } from "./demo";
import { documentUri } from "./documents/uris";
import { itemGone } from "./errors";
import { idOf, isOpenrc, itemOf, type CloudItem } from "./items";
import { COMMANDS, QUICK_FIXES, SCHEME } from "./manifest";
import { currentProxies } from "./proxies";
import type { Results } from "./results";
import type { Secrets } from "./secrets";
import { requireTrust } from "./trust";

/** What a quick fix hands over: an item's id, and the subject's. */
export interface RemedyRequest {
  readonly item: string;
  readonly subject: string;
}

/**
 * Quick fixes in the documents that show what was read: the command to copy, the change itself, and acceptance with a
 * reason. Commands alone, since an edit would silently change a read-only text.
 */
export class Remedies implements CodeActionProvider {
  constructor(
    private readonly results: Results,
    private readonly secrets: Secrets,
    private readonly demo: Demo,
  ) {}

  register(): Disposable {
    const kinds = { providedCodeActionKinds: [CodeActionKind.QuickFix] };
    return languages.registerCodeActionsProvider({ scheme: SCHEME }, this, kinds);
  }

  async provideCodeActions({ uri }: TextDocument, range: Range): Promise<CodeAction[]> {
    const { placeOf } = await import("./documents/of-report");
    return this.results.reports().flatMap((report) =>
      report.findings
        .filter((finding) => counts(finding) && (finding.verdict === "fail" || finding.verdict === "inconclusive"))
        .filter((finding) => {
          const { document, line } = placeOf(report, finding);
          const isHere = line >= range.start.line && line <= range.end.line;
          return isHere && documentUri(itemOf(report), document).toString() === uri.toString();
        })
        .flatMap((finding) => actionsFor(report, finding)),
    );
  }

  /**
   * Sets the property on the cloud, after the person has confirmed it with the cloud's and the object's name before their
   * eyes, reads it back, and judges it anew.
   * @throws UserError when the login or the change is refused
   */
  async setProperty({ item: id, subject }: RemedyRequest): Promise<void> {
    requireTrust();
    const { report } = this.results.state(id);
    const finding = report?.findings.find((one) => one.subject.id === subject && one.verdict === "fail");
    if (report?.kind !== "cloud" || finding === undefined) throw itemGone();
    const target = targetOf(finding);
    const item = itemOf(report);
    if (target === null || item.kind !== "cloud") throw itemGone();
    const { key, value } = REQUIRED_PROPERTIES[target.resource];
    const set = `Set ${key}=${value}`;
    const what = `${target.resource} "${finding.subject.name}" (${subject}) of the cloud "${report.source.name}"`;
    const chosen = await window.showWarningMessage(
      `${set} on the ${what}?`,
      {
        modal: true,
        detail: `This changes the cloud at ${report.source.authUrl} for everybody who uses the ${target.resource}.`,
      },
      set,
    );
    if (chosen !== set) return;
    const after = await this.change(item, report, target);
    await this.results.finished(item, after);
    const now = after.findings.find((one) => one.subject.id === subject && one.rule === finding.rule);
    void window.showInformationMessage(`The cloud was read again. ${now?.message ?? ""}`);
  }

  private async change(
    item: CloudItem,
    report: CloudReport,
    target: NonNullable<ReturnType<typeof targetOf>>,
  ): Promise<CloudReport> {
    const [{ setProperty }, { configOf }] = await Promise.all([
      import("../operations/set-property"),
      import("./clouds"),
    ]);
    if (this.demo.has(item)) await this.demo.ready();
    const { signal } = new AbortController();
    const secrets = this.secrets.forRun(signal);
    const config = await configOf(item, cloudSecrets(secrets));
    const after = await setProperty(config, report, target, signal, { proxies: await currentProxies() });
    await secrets.accepted();
    return after;
  }
}

function actionsFor(report: Report, finding: Finding): CodeAction[] {
  const { rule, subject, remedy } = finding;
  const id = idOf(itemOf(report));
  const suppression = { rule, subject: subject.name, source: report.source.name };
  const repeat = repeatOf(finding, id);
  const suppress = action(`Suppress ${rule} for ${subject.name} with a reason...`, QUICK_FIXES.suppress, suppression);
  const target = targetOf(finding);
  if (report.kind !== "cloud" || target === null || remedy === null) return [...repeat, suppress];
  const { key, value } = REQUIRED_PROPERTIES[target.resource];
  // in a shell that has run the openrc file, no name is needed
  const { definedAt } = report.source;
  const fromOpenrc = definedAt !== null && isOpenrc(definedAt.file);
  const command = fromOpenrc ? remedy : commandForCloud(remedy, report.source.name);
  const request: RemedyRequest = { item: id, subject: subject.id };
  return [
    action(`Copy: ${command}`, QUICK_FIXES.copyCommand, command),
    action(`Set ${key}=${value} on ${subject.name} in ${report.source.name}...`, QUICK_FIXES.setProperty, request),
    suppress,
  ];
}

/** What chance alone may have done is best asked again. */
function repeatOf({ chance }: Finding, item: string): CodeAction[] {
  if (chance === undefined) return [];
  const odds = `${Number((100 * chance).toPrecision(2))} %`;
  const title = `Run the live checks again: a healthy source does so badly in ${odds} of runs`;
  return [action(title, COMMANDS.runAgain, item)];
}

function action(title: string, command: string, argument: unknown): CodeAction {
  const made = new CodeAction(title, CodeActionKind.QuickFix);
  made.command = { title, command, arguments: [argument] };
  return made;
}

/** The flavor or image that lacks its property; null for any other finding. */
function targetOf({ rule, verdict, subject }: Finding): { resource: "flavor" | "image"; id: string } | null {
  if (verdict !== "fail") return null;
  if (rule === "scs-0101-flavor-property" && subject.kind === "flavor") return { resource: "flavor", id: subject.id };
  if (rule === "scs-0101-image-property" && subject.kind === "image") return { resource: "image", id: subject.id };
  return null;
}
