/** How a probe server is asked: over its console, where nobody logs in, or over SSH. */
export type AskedBy = "console" | "ssh";

/** An image, and what a server of it answered. */
export interface Instance<Observations> {
  readonly image: {
    readonly id: string;
    readonly name: string;
    /** The image's hw_rng_model; null when it has none. */
    readonly rngModel: string | null;
  };
  /** null when it did not come to a choice. */
  readonly flavor: {
    readonly id: string;
    readonly name: string;
    /** What hw_rng:allowed says; null when the flavor does not say. */
    readonly allowsRng: boolean | null;
  } | null;
  /** GiB of the volume that it booted from; null: from the image. */
  readonly volume: number | null;
  /** The server's id; it is gone when the report is written. */
  readonly server: string | null;
  /** What else there is to know: one sentence each. */
  readonly notes: readonly string[];
  readonly observations: Observations;
}

/** Something that a run has made and could not delete. */
export interface LeftBehind {
  /** `server`, `volume`, `network`, ... */
  readonly kind: string;
  readonly name: string;
  /** null: it is not known whether it was made, or under which id. */
  readonly id: string | null;
  readonly reason: string;
  /** What to type to delete it by hand. */
  readonly command: string;
}
