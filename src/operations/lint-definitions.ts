import { basename, dirname, join, relative } from "node:path";
import picomatch from "picomatch";
import { judgeDefinition } from "../compliance/definition";
import { UserError } from "../errors";
import { setEntry } from "../formats/definitions/edits";
import type { YamlMapping } from "../formats/definitions/mapped-yaml";
import { languageOf, mayBeDefinitions, type DefinitionLanguage } from "../formats/definitions/first-look";
import { readHclDefinitions } from "../formats/definitions/hcl-definitions";
import { readYamlDefinitions } from "../formats/definitions/read-definitions";
import { LineStarts } from "../formats/definitions/text-layout";
import type {
  Definition,
  DefinitionFinding,
  DefinitionSystem,
  FileRegion,
  LintFinding,
  LintedFile,
  TextSpan,
} from "../model/definitions";

/** Where the texts come from: the disk, or an editor that knows better. Paths are absolute. */
export interface DefinitionTexts {
  readonly read: (file: string) => Promise<string>;
  /** The names in a folder; empty for one that is not there. */
  readonly list: (folder: string) => Promise<readonly string[]>;
}

/** A mapping of YAML files of the user's own, by a glob below a folder. */
export interface FileMapping extends YamlMapping {
  readonly folder: string;
  readonly files: string;
}

export interface LintSettings {
  readonly mappings: readonly FileMapping[];
  /** Systems whose definitions are left alone. */
  readonly off: ReadonlySet<DefinitionSystem>;
}

/** What came of a file, or of a folder of Terraform files, which only make sense together. */
export interface Linted {
  readonly findings: readonly LintFinding[];
  readonly files: readonly LintedFile[];
}

/** Characters; nobody writes more definitions into one file, and to parse so many takes a minute. */
const LONGEST_TEXT = 8_000_000;

const NOTHING: Linted = { findings: [], files: [] };

/**
 * Judges the definitions that a file has a part in: its own, and for Terraform and Packer those of its whole folder.
 * @throws UserError or an error of the file system when the file itself cannot be read or is too large; the signal's
 * reason when aborted
 */
export async function lintFile(
  file: string,
  texts: DefinitionTexts,
  settings: LintSettings,
  signal: AbortSignal,
): Promise<Linted> {
  const text = await texts.read(file);
  const language = languageOf(file);
  switch (language) {
    case "terraform":
    case "packer":
      return settings.off.has(language) || !mayBeDefinitions(file, text)
        ? NOTHING
        : lintHcl(language, dirname(file), texts);
    case "yaml": {
      const mappings = mappingsOf(file, settings.mappings);
      if (mappings.length === 0 && !mayBeDefinitions(file, text)) return NOTHING;
      requireBounded(file, text);
      const definitions = await readYamlDefinitions(file, text, mappings, signal);
      return judged(
        definitions.filter(({ system }) => !settings.off.has(system)),
        new Map([[file, text]]),
      );
    }
    case null:
      return NOTHING;
  }
}

function mappingsOf(file: string, mappings: readonly FileMapping[]): readonly FileMapping[] {
  return mappings.filter(({ folder, files }) => {
    const path = relative(folder, file).replaceAll("\\", "/");
    return !path.startsWith("../") && picomatch.isMatch(path, files, { dot: true });
  });
}

async function lintHcl(language: DefinitionLanguage, folder: string, texts: DefinitionTexts): Promise<Linted> {
  const module = await filesIn(language, folder, texts);
  const around = module.some(({ text }) => text.includes("local."))
    ? await filesIn(language, dirname(folder), texts)
    : [];
  const all = new Map([...around, ...module].map(({ file, text }) => [file, text]));
  return judged(readHclDefinitions(module, around), all);
}

async function filesIn(
  language: DefinitionLanguage,
  folder: string,
  texts: DefinitionTexts,
): Promise<{ file: string; text: string }[]> {
  const files = (await texts.list(folder)).filter((name) => languageOf(name) === language).sort();
  const read = files.map(async (name) => {
    const file = join(folder, basename(name));
    return { file, text: await texts.read(file) };
  });
  const found = (await Promise.all(read)).filter(({ file, text }) => mayBeDefinitions(file, text));
  for (const { file, text } of found) requireBounded(file, text);
  return found;
}

/** @throws UserError for a text that is too long to be parsed: what is passed over must not look checked */
function requireBounded(file: string, text: string): void {
  if (text.length <= LONGEST_TEXT) return;
  throw new UserError(
    "lint-too-large",
    `${file} is too large to be checked: ${text.length} characters, of at most ${LONGEST_TEXT}.`,
    "Split it, or name the files and folders that are to be checked without it.",
  );
}

/** @param texts of every file that a finding may stand in */
function judged(definitions: readonly Definition[], texts: ReadonlyMap<string, string>): Linted {
  const lines = new Map<string, LineStarts>();
  const regionOf = (at: TextSpan): FileRegion => {
    const starts = lines.get(at.file) ?? new LineStarts(texts.get(at.file) ?? "");
    lines.set(at.file, starts);
    const from = starts.position(at.start);
    const to = starts.position(at.end);
    return {
      ...at,
      ...{ startLine: from.line, startCharacter: from.character, endLine: to.line, endCharacter: to.character },
    };
  };
  const findings = definitions.flatMap((definition) =>
    judgeDefinition(definition).map((found) => toLintFinding(found, definition, regionOf)),
  );
  return { findings: withoutRepeats(findings), files: filesOf(definitions) };
}

function toLintFinding(
  { at, change, ...finding }: DefinitionFinding,
  definition: Definition,
  regionOf: (at: TextSpan) => FileRegion,
): LintFinding {
  const edit = change === null ? null : setEntry(definition, change.key, change.value);
  return { ...finding, region: regionOf(at), edits: edit === null ? [] : [edit] };
}

/** One value that many flavors share is told once, with the others' names. */
function withoutRepeats(findings: readonly LintFinding[]): readonly LintFinding[] {
  const told = new Map<string, LintFinding>();
  const kept: LintFinding[] = [];
  for (const finding of findings) {
    const { rule, verdict, region } = finding;
    const place = `${rule} ${verdict} ${region.file} ${region.start} ${region.end}`;
    const first = told.get(place);
    if (first === undefined || verdict === "pass") {
      told.set(place, finding);
      kept.push(finding);
    } else {
      const also = { label: "also", value: finding.subject.name };
      const more = { ...first, evidence: [...first.evidence, also] };
      told.set(place, more);
      kept[kept.indexOf(first)] = more;
    }
  }
  return kept;
}

function filesOf(definitions: readonly Definition[]): readonly LintedFile[] {
  const files = new Map<string, LintedFile>();
  for (const { at, system, resource } of definitions) {
    const { flavors, images } = files.get(at.file) ?? { flavors: 0, images: 0 };
    files.set(at.file, {
      ...{ file: at.file, system },
      flavors: flavors + (resource === "flavor" ? 1 : 0),
      images: images + (resource === "image" ? 1 : 0),
    });
  }
  return [...files.values()];
}
