import type { Finding } from "../model";
import type { RunHeader } from "./header";

/** What reads a definition and makes the flavor or image from it. */
export type DefinitionSystem =
  "terraform" | "packer" | "flavor-manager" | "image-manager" | "ansible" | "heat" | "k-orc" | "mapped-yaml";

/** A stretch of a file's text: offsets in UTF-16 code units, `end` excluded. */
export interface TextSpan {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** The text that replaces a stretch of a file. */
export interface TextEdit {
  readonly at: TextSpan;
  readonly text: string;
}

/** A value as the file writes it, as far as the file alone tells it. */
export type DefinedValue =
  | { readonly kind: "text"; readonly text: string; readonly at: TextSpan }
  /** A number of the language: the system sends it as it is written. */
  | { readonly kind: "number"; readonly text: string; readonly at: TextSpan }
  /** A boolean of the language, with how it is written: `True`, `yes`. */
  | { readonly kind: "boolean"; readonly value: boolean; readonly text: string; readonly at: TextSpan }
  | { readonly kind: "null"; readonly at: TextSpan }
  /** Known only when the system runs: a variable, a template, a function. */
  | { readonly kind: "unknown"; readonly at: TextSpan };

/** An entry of a flavor's extra specs or an image's properties. */
export interface DefinedProperty {
  readonly key: string;
  readonly keyAt: TextSpan;
  readonly value: DefinedValue;
}

/** A quotation mark, or none where the text can stand bare. */
export type Quote = '"' | "'" | "";

/** How the file writes entries around here, so that a new one looks like its neighbours. */
export interface EntryStyle {
  readonly key: Quote;
  readonly value: Quote;
  /** Right behind the key: `:` in YAML. */
  readonly afterKey: "" | ":";
  /** The least width of what stands before `beforeValue`, where the entries around are aligned. */
  readonly width: number;
  readonly beforeValue: " " | " = ";
}

/** Where one more entry can be written: `before`, the entry and `after` take the place of `at`. */
export interface EntryPlace {
  readonly at: TextSpan;
  readonly before: string;
  readonly after: string;
  readonly style: EntryStyle;
}

/** A flavor or image as a file defines it. */
export interface Definition {
  readonly system: DefinitionSystem;
  readonly resource: "flavor" | "image";
  /** How the file itself calls it, for people: the name, or the resource's label where the name is a variable. */
  readonly name: string;
  /** Where a shortcoming of the whole is told: the name, the map's key, the block's head. */
  readonly at: TextSpan;
  readonly properties: readonly DefinedProperty[];
  /** Whether nothing can join the properties but what the file shows. */
  readonly complete: boolean;
  /** Null where no entry can be added: the map comes from elsewhere. */
  readonly place: EntryPlace | null;
  /** How a value that is there is written. */
  readonly valueQuote: Quote;
  /** What the system calls a property that it has another name for: `rngModel`; by the property's own. */
  readonly spelling?: Readonly<Record<string, string>>;
}

/** What a rule says of a definition, and where. */
export interface DefinitionFinding extends Finding {
  readonly at: TextSpan;
  /** The entry that would mend it; null where only a person can tell. */
  readonly change: { readonly key: string; readonly value: string } | null;
}

/** A stretch of a file as people and editors count: from 0; a character is a UTF-16 code unit. */
export interface FileRegion extends TextSpan {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

/** A finding with its place, and with what would mend it. */
export interface LintFinding extends Finding {
  readonly region: FileRegion;
  /** Empty where only a person can mend it. */
  readonly edits: readonly TextEdit[];
}

/** What was looked for in which file. */
export interface LintedFile {
  readonly file: string;
  readonly system: DefinitionSystem;
  readonly flavors: number;
  readonly images: number;
}

/** The definitions of files and folders, judged. */
export interface LintReport extends RunHeader<"definitions"> {
  readonly source: { readonly kind: "definitions"; readonly name: string; readonly paths: readonly string[] };
  readonly findings: readonly LintFinding[];
  readonly files: readonly LintedFile[];
}
