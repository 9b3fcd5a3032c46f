import { isUtf8 } from "node:buffer";
import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { UserError } from "../errors";
import { applyEdits } from "../formats/definitions/edits";
import { languageOf, unitOf } from "../formats/definitions/first-look";
import type { OperationEvent } from "../model";
import type { LintFinding, LintReport, LintedFile, TextEdit } from "../model/definitions";
import { header, overallVerdict } from "../report/build";
import { lintFile, type DefinitionTexts, type LintSettings } from "./lint-definitions";

/** What tools put beside the files that people write. */
const SKIPPED = new Set(["node_modules", "venv", "__pycache__"]);

type ProgressEvent = Extract<OperationEvent, { type: "progress" }>;

/** The disk. */
export const DISK: DefinitionTexts = {
  read: async (file) => (await readText(file)).text,
  list: (folder) => readdir(folder).catch(() => []),
};

/** What is not UTF-8 is read as Latin-1, in which every byte is a character that can be written as it was. */
async function readText(file: string): Promise<{ readonly text: string; readonly encoding: "utf8" | "latin1" }> {
  try {
    const bytes = await readFile(file);
    const encoding = isUtf8(bytes) ? "utf8" : "latin1";
    return { text: bytes.toString(encoding), encoding };
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/**
 * Judges every definition of a flavor or image in files and folders. Nothing is run and nothing is asked of a network.
 * @param paths files are read whatever their name; of folders every file that may hold definitions
 * @throws UserError when a path cannot be read, or nothing in them defines a flavor or image
 */
export async function* lintPaths(
  paths: readonly string[],
  settings: LintSettings,
  signal: AbortSignal,
  texts: DefinitionTexts = DISK,
): AsyncGenerator<ProgressEvent, LintReport> {
  const startedAt = new Date().toISOString();
  const files = await filesBelow(
    paths.map((path) => resolve(path)),
    signal,
  );
  const findings: LintFinding[] = [];
  const linted = new Map<string, LintedFile>();
  const units = new Set<string>();
  for (const [index, file] of files.entries()) {
    signal.throwIfAborted();
    yield { type: "progress", message: `Reading ${basename(file)}`, fraction: index / files.length };
    const unit = unitOf(file);
    if (units.has(unit)) continue;
    const result = await lintFile(file, texts, settings, signal);
    if (result.files.length > 0) units.add(unit);
    findings.push(...result.findings);
    for (const one of result.files) linted.set(one.file, one);
  }
  if (linted.size === 0) throw nothingFound(paths, files.length);
  return {
    ...header("definitions"),
    source: { kind: "definitions", name: paths.map((path) => basename(resolve(path))).join(", "), paths },
    startedAt,
    finishedAt: new Date().toISOString(),
    verdict: overallVerdict(findings),
    findings,
    files: [...linted.values()],
  };
}

/**
 * Makes the edits of findings in their files.
 * @returns how many files were written
 * @throws UserError when a file cannot be written
 */
export async function mend(findings: readonly LintFinding[]): Promise<number> {
  const byFile = new Map<string, TextEdit[]>();
  for (const edit of findings.flatMap(({ edits }) => edits))
    byFile.set(edit.at.file, [...(byFile.get(edit.at.file) ?? []), edit]);
  for (const [file, edits] of byFile) {
    const { text, encoding } = await readText(file);
    await writeFile(file, applyEdits(text, edits), encoding).catch((cause: unknown) => {
      throw new UserError("lint-not-written", `${file} cannot be written.`, "Check that you may write to it.", {
        cause,
      });
    });
  }
  return byFile.size;
}

async function filesBelow(paths: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
  const found = new Set<string>();
  const visit = async (path: string, named: boolean): Promise<void> => {
    signal.throwIfAborted();
    const kind = await stat(path).catch((cause: unknown) => {
      if (named) throw unreadable(path, cause);
      return null;
    });
    if (kind?.isDirectory() === true) {
      const entries = await readdir(path, { withFileTypes: true });
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        // links to folders may lead in circles
        if (entry.isSymbolicLink() && !languageOf(entry.name)) continue;
        const isHiddenFolder = entry.isDirectory() && (entry.name.startsWith(".") || SKIPPED.has(entry.name));
        if (!isHiddenFolder && (entry.isDirectory() || languageOf(entry.name) !== null))
          await visit(join(path, entry.name), false);
      }
    } else if (kind !== null && (named || kind.isFile())) found.add(path);
  };
  for (const path of paths) await visit(path, true);
  return [...found];
}

function unreadable(path: string, cause: unknown): UserError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown reason";
  return new UserError(
    "lint-unreadable",
    `${path} cannot be read (${code}).`,
    "Name a file or folder that you may read.",
    {
      cause,
    },
  );
}

function nothingFound(paths: readonly string[], files: number): UserError {
  return new UserError(
    "lint-nothing-found",
    `No definition of a flavor or image was found in ${paths.join(", ")} (${files} files looked at).`,
    "Terraform, openstack-flavor-manager, openstack-image-manager, Ansible and Heat are known by content; other YAML " +
      "is mapped below definitions: in .entropy-check.yaml.",
  );
}
