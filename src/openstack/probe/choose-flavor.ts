import type { Flavor, Image } from "../../model";
import { flavorNotFound, noFittingFlavor } from "../errors";

/** What an image's server is made of. */
export interface Fitting {
  readonly flavor: Flavor;
  /** GiB of the volume to boot from; null: the flavor has a disk that is large enough. */
  readonly volume: number | null;
}

export interface FlavorWish {
  /** A name or an id; null: the most frugal. */
  readonly name: string | null;
  /** GiB that the image takes unpacked, as far as is known: its own min_disk may be wrong. */
  readonly imageSize: number;
  /** Whether the cloud has volumes. */
  readonly volumes: boolean;
}

/** GiB: images often say less than they need, or nothing. */
const LEAST_DISK = 8;
/** MiB: most systems do not start in less; taken into account only if there is such a flavor. */
const LEAST_RAM = 1024;

/** What Nova takes for true (oslo_utils.strutils). */
const TRUE = /^(1|t|true|on|y|yes)$/i;

/** Whether servers of a flavor may have a virtio-rng; null: it does not say, so they do since Nova 21. */
export function allowsRng({ extraSpecs }: Flavor): boolean | null {
  const value = extraSpecs !== null && Object.hasOwn(extraSpecs, ALLOWED) ? extraSpecs[ALLOWED] : undefined;
  return value === undefined ? null : TRUE.test(value.trim());
}

const ALLOWED = "hw_rng:allowed";

/**
 * Chooses the flavor for an image: one that allows a random number generator where there is one, and of those the most
 * frugal. A flavor whose disk is too small, or that has none, is booted from a volume.
 * @throws UserError if none fits
 */
export function chooseFlavor(flavors: readonly Flavor[], image: Image, wish: FlavorWish): Fitting {
  const disk = Math.max(image.minDisk, wish.imageSize, LEAST_DISK);
  const fit = (flavor: Flavor): Fitting => ({ flavor, volume: flavor.disk >= disk ? null : disk });
  if (wish.name !== null) {
    const flavor = flavors.find(({ name, id }) => name === wish.name || id === wish.name);
    if (flavor === undefined) throw flavorNotFound(wish.name);
    return fit(flavor);
  }
  const fitting = flavors
    .filter(({ ram }) => ram >= image.minRam)
    .map(fit)
    .filter(({ volume }) => volume === null || wish.volumes);
  const [best] = fitting.toSorted((a, b) => compare(worthOf(a), worthOf(b)));
  if ((best as Fitting | undefined) === undefined) throw noFittingFlavor(image.name, wish.volumes);
  return best;
}

/** Less is better, the first number first: no generator, too little memory, cost (as SCS weighs vCPUs, GiB and disk). */
function worthOf({ flavor, volume }: Fitting): readonly number[] {
  const { vcpus, ram, disk } = flavor;
  return [
    allowsRng(flavor) === true ? 0 : 1,
    ram >= LEAST_RAM ? 0 : 1,
    vcpus + ram / 1024 / 3 + (disk + (volume ?? 0)) / 10,
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((value, i) => value - b[i]).find((difference) => difference !== 0) ?? 0;
}
