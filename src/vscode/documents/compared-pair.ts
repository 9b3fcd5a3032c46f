/** Two items of samples that a page puts side by side, by their ids. */
export interface ComparedPair {
  readonly raw: string;
  readonly processed: string;
  /** Whether they are the files of the demonstration, of which we know how they were made. */
  readonly isDemonstration: boolean;
}

const FILE = "raw-against-processed.md";

/** The parts of a URI that name a pair: `/demonstration/...` or `/comparison/...`, and both ids as the query. */
export function placeOfPair({ raw, processed, isDemonstration }: ComparedPair): { path: string; query: string } {
  return {
    path: `/${isDemonstration ? "demonstration" : "comparison"}/${FILE}`,
    query: JSON.stringify([raw, processed]),
  };
}

/** The pair that a URI names; null when it names none. */
export function pairAt({ path, query }: { readonly path: string; readonly query: string }): ComparedPair | null {
  const folder = /^\/(demonstration|comparison)\/([^/]+)$/.exec(path);
  if (folder?.[2] !== FILE) return null;
  const ids = parsed(query);
  if (!areTwoIds(ids)) return null;
  const [raw, processed] = ids;
  return { raw, processed, isDemonstration: folder[1] === "demonstration" };
}

function areTwoIds(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((id) => typeof id === "string");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
