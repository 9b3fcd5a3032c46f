import {
  Disposable,
  EventEmitter,
  FileChangeType,
  FileSystemError,
  FileType,
  MarkdownString,
  workspace,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  type Uri,
} from "vscode";
import { RULES } from "../../compliance/rules";
import type { Report } from "../../model";
import { estimateWords, findEstimate } from "../../report/estimate-words";
import { itemOf } from "../items";
import { SCHEME } from "../manifest";
import type { Results } from "../results";
import { pairAt, type ComparedPair } from "./compared-pair";
import { DOCUMENT_NAMES } from "./names";
import { documentUri, explainedEstimateOf, explanationUri, ruleOf } from "./uris";

/**
 * The read-only documents behind `entropy:`. A file system rather than a text document content provider, because only
 * a file system's documents come back after a reload, and only it can say in its own words why typing does nothing.
 */
export class Documents implements FileSystemProvider {
  private readonly changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  /** Comparisons that were read, to be renewed with the results that they show. */
  private readonly compared = new Map<string, { readonly uri: Uri; readonly pair: ComparedPair }>();

  constructor(private readonly results: Results) {}

  register(): Disposable {
    const isReadonly = new MarkdownString("This shows what was read; run the check again to renew it.");
    return Disposable.from(
      workspace.registerFileSystemProvider(SCHEME, this, { isReadonly, isCaseSensitive: true }),
      this.results.onDidChange((id) => this.renew(id)),
      this.changed,
    );
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { bytes, writtenAt } = await this.find(uri);
    return { type: FileType.File, ctime: 0, mtime: writtenAt, size: bytes.byteLength };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    return (await this.find(uri)).bytes;
  }

  watch(): Disposable {
    return Disposable.from();
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  private async find(uri: Uri): Promise<{ readonly bytes: Uint8Array; readonly writtenAt: number }> {
    const rule = ruleOf(uri);
    if (rule !== null) return { bytes: Buffer.from(RULES[rule].help), writtenAt: 0 };
    await this.results.ready;
    const pair = pairAt(uri);
    if (pair !== null) return this.compare(uri, pair);
    const { report } = this.results.state(uri.query);
    const explained = explainedEstimateOf(uri);
    if (explained !== null) return explain(uri, report, explained);
    const { documentsOf } = await import("./of-report");
    if (report !== null)
      for (const [name, { text }] of documentsOf(report))
        if (uri.path.endsWith(`/${name}`))
          return { bytes: Buffer.from(text), writtenAt: Date.parse(report.finishedAt) };
    throw FileSystemError.FileNotFound(uri);
  }

  private async compare(uri: Uri, pair: ComparedPair): Promise<{ bytes: Uint8Array; writtenAt: number }> {
    const [raw, processed] = [pair.raw, pair.processed].map((id) => this.results.state(id).report);
    const { rawAgainstProcessedDocument } = await import("./raw-against-processed");
    const text = rawAgainstProcessedDocument(raw, processed, pair.isDemonstration);
    if (text === null) throw FileSystemError.FileNotFound(uri);
    this.compared.set(uri.toString(), { uri, pair });
    const times = [raw, processed].map((report) => Date.parse(report?.finishedAt ?? ""));
    return { bytes: Buffer.from(text), writtenAt: Math.max(...times) };
  }

  private renew(id: string): void {
    const { report, running } = this.results.state(id);
    if (report === null || running !== null) return;
    const uris = [
      ...DOCUMENT_NAMES[report.kind].map((name) => documentUri(itemOf(report), name)),
      ...[...this.compared.values()]
        .filter(({ pair }) => id === pair.raw || id === pair.processed)
        .map(({ uri }) => uri),
      ...(report.kind === "samples" ? estimateWords(report) : []).map((word) => explanationUri(itemOf(report), word)),
    ];
    this.changed.fire(uris.map((uri) => ({ type: FileChangeType.Changed, uri })));
  }
}

async function explain(
  uri: Uri,
  report: Report | null,
  word: string,
): Promise<{ readonly bytes: Uint8Array; readonly writtenAt: number }> {
  const estimate = report?.kind === "samples" ? findEstimate(report, word) : null;
  if (report?.kind !== "samples" || estimate === null) throw FileSystemError.FileNotFound(uri);
  const { explainEstimate } = await import("../../report/explain-estimate");
  return { bytes: Buffer.from(explainEstimate(report, estimate)), writtenAt: Date.parse(report.finishedAt) };
}
