/** Where samples are from, by the `.meta` file that stands beside them. */
export interface SamplesOrigin {
  readonly metaFile: string;
  /** Keys and values, as the file has them. */
  readonly entries: readonly (readonly [string, string])[];
  /** Whether the SHA-256 that it names is that of the samples; null: it names none. */
  readonly digestAgrees: boolean | null;
}
