/** A figure with its name. */
export type Fact = readonly [label: string, value: string];

export interface OutlineTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A file that was read, with its SHA-256 where it is known. */
export interface Artifact {
  readonly file: string;
  readonly sha256: string | null;
}

/** What a kind of report says besides its findings. */
export interface Details {
  /** What was checked, for people: `Cloud demo`. */
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly tables: readonly OutlineTable[];
  /** What CSV holds instead of the findings, where figures are what the report is about. */
  readonly records?: OutlineTable;
  readonly artifacts: readonly Artifact[];
  /** A line of a file that a finding without a place of its own is told at. */
  readonly anchor: { readonly file: string; readonly line: number } | null;
}
