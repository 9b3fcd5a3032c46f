import type { Image } from "../../model";
import { imageNotFound, noPublicImage } from "../errors";

/** Which images a run boots. */
export type ImageChoice =
  /** One, by the order of the standard's own script. */
  | { readonly by: "order" }
  /** By name, id, or a pattern with * and ?, each of which has to be found. */
  | { readonly by: "name"; readonly names: readonly string[] }
  | { readonly by: "all-public" };

/** Debian's releases by their names, as images of it call their version. */
const DEBIAN: ReadonlyMap<string, number> = new Map(
  ["buster", "bullseye", "bookworm", "trixie", "forky"].map((name, i) => [name, 10 + i]),
);

/**
 * Chooses among a cloud's images.
 * @throws UserError if there is none, or one that was named is not there
 */
export function chooseImages(images: readonly Image[], choice: ImageChoice): readonly Image[] {
  const usable = images.filter(({ status }) => status === "active");
  const open = usable.filter(({ visibility }) => visibility === "public" || visibility === "community");
  switch (choice.by) {
    case "name":
      return [...new Set(choice.names.flatMap((name) => named(usable, name)))];
    case "all-public":
      if (open.length === 0) throw noPublicImage();
      return open;
    case "order": {
      const [best] = open.toSorted((a, b) => compareRanks(rankOf(b), rankOf(a)));
      if ((best as Image | undefined) === undefined) throw noPublicImage();
      return [best];
    }
  }
}

function named(images: readonly Image[], name: string): readonly Image[] {
  const exact = images.filter((image) => image.name === name || image.id === name);
  if (exact.length > 0) return exact;
  const pattern = patternOf(name);
  const found = images.filter((image) => pattern?.test(image.name) ?? false);
  if (found.length === 0) throw imageNotFound(name);
  return found;
}

/** null for a name without * and ?. */
function patternOf(name: string): RegExp | null {
  if (!/[*?]/.test(name)) return null;
  const quoted = name.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${quoted.replaceAll("*", ".*").replaceAll("?", ".")}$`, "su");
}

/**
 * How the standard's script (entropy_check.py, 2025) ranks images: Debian's newest, else Ubuntu's newest, else any.
 * Images without os_distro or os_version are of the last kind.
 */
function rankOf({ properties }: Image): readonly [family: number, version: number] {
  const property = (key: string): string =>
    (Object.hasOwn(properties, key) ? properties[key] : "").trim().toLowerCase();
  const [distribution, version] = [property("os_distro"), property("os_version")];
  if (version === "") return [0, 0];
  if (distribution === "debian") return [2, DEBIAN.get(version) ?? (Number.parseInt(version, 10) || 0)];
  if (distribution === "ubuntu") return [1, Number(version.replace(".", "")) || 0];
  return [0, 0];
}

function compareRanks(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0] || a[1] - b[1];
}
