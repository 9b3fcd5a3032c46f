/** What every JSON that the product writes begins with. */
export interface Header<K extends string> {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "entropy-check"; readonly version: string };
  readonly kind: K;
}

/** The same, of something that ran and was judged. */
export interface RunHeader<K extends string> extends Header<K> {
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly verdict: "pass" | "fail" | "inconclusive";
}
