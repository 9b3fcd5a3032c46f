import { basename } from "node:path";
import type { AssessmentPurpose, Report, Track } from "../model";
import type { AdaptiveProportionRule } from "../model/health-tests";
import type { PreparationStep } from "../model/preparation";
import type { InstanceChoices } from "../operations/instance-choices";

/** In place of a file: the `OS_...` variables of the environment. */
export const OF_ENVIRONMENT = "";

/** An entry of a clouds.yaml, an openrc file, or the cloud of the environment. */
export interface CloudItem {
  readonly kind: "cloud";
  readonly name: string;
  /** The clouds.yaml, or the openrc file. */
  readonly file: string;
}

/** Whether a cloud's file is an openrc file rather than a clouds.yaml. */
export function isOpenrc(file: string): boolean {
  return file !== OF_ENVIRONMENT && !/\.(ya?ml|json)$/i.test(file);
}

/** A machine: configured, entered, or this one. */
export interface MachineItem {
  readonly kind: "machine";
  /** The configured name, by which it is known even when its address changes; else the address. */
  readonly name: string;
  /** `local` or `ssh://user@host[:port]`. */
  readonly address: string;
}

/** By which track samples are assessed, and what for. */
export interface AssessmentMethod {
  /** `both`: the IID track, and the non-IID track if the IID tests fail. */
  readonly track: Track | "both";
  readonly purpose: AssessmentPurpose;
  /** Of the bitstring, the first so many bits; null: all of them. */
  readonly mostBits: number | null;
}

/** What any source can be assessed by. */
export const NON_IID: AssessmentMethod = { track: "non-iid", purpose: "initial", mostBits: null };

/** A file of samples. */
export interface SamplesItem {
  readonly kind: "samples";
  readonly file: string;
  /** Bits per symbol; null: not asked yet, or that of the highest bit in use. */
  readonly bits: number | null;
  /** The id of the format that was chosen; null: not asked yet, or guessed. */
  readonly format: string | null;
  readonly method: AssessmentMethod;
}

/** The samples of 1000 restarts, to be put to the restart tests. */
export interface RestartItem {
  readonly kind: "restart";
  /** A file that holds them all, or a folder with a file per restart. */
  readonly path: string;
  readonly bits: number | null;
  readonly format: string | null;
  /** The initial entropy estimate, bits per sample. */
  readonly hI: number;
  /** The track that it was found by. */
  readonly track: Track;
}

/** A file of samples, to be put to the health tests. */
export interface HealthTestsItem {
  readonly kind: "health-tests";
  readonly file: string;
  /** Bits per sample; 1 is a binary source. */
  readonly bits: number;
  readonly format: string | null;
  /** H, bits per sample. */
  readonly minEntropy: number;
  readonly alpha: number;
  readonly rule: AdaptiveProportionRule;
  readonly startUpSamples: number;
}

/** A cloud, of which sample instances are checked. */
export interface InstanceItem {
  readonly kind: "instance";
  /** The entry's name, and the clouds.yaml. */
  readonly name: string;
  readonly file: string;
  /** Of which images servers are made. */
  readonly images: InstanceChoices["images"];
}

/** The definition of a boot test. */
export interface BootTestItem {
  readonly kind: "boot-test";
  readonly file: string;
  /** Whether runs that its folder holds already are left out. */
  readonly onlyMissing: boolean;
}

/** What can be checked, and what the tree lists. A file may be several: assessed, and put to either kind of tests. */
export type Item = CloudItem | MachineItem | SamplesItem | RestartItem | HealthTestsItem | InstanceItem | BootTestItem;

/** The same for the same item in every window and after every reload; webviews and documents name items by it. */
export function idOf(item: Item): string {
  switch (item.kind) {
    case "cloud":
      return `cloud:${item.name}@${item.file}`;
    case "machine":
      return `machine:${item.name}`;
    case "samples":
      return `samples:${item.file}`;
    case "restart":
      return `restart:${item.path}`;
    case "health-tests":
      return `health-tests:${item.file}`;
    case "instance":
      return `instance:${item.name}@${item.file}`;
    case "boot-test":
      return `boot-test:${item.file}`;
  }
}

/** Where it is: an address or a path. */
export function placeOfItem(item: Item): string {
  switch (item.kind) {
    case "machine":
      return item.address;
    case "restart":
      return item.path;
    case "cloud":
    case "instance":
      return item.file === OF_ENVIRONMENT ? "the environment's OS_ variables" : item.file;
    default:
      return item.file;
  }
}

/** What people call it. */
export function titleOf(item: Item): string {
  return "name" in item ? item.name : basename(placeOfItem(item));
}

/** The same, told apart from what else is known of the same file: for tabs and file names. */
export function longTitleOf(item: Item): string {
  const suffix = item.kind === "restart" ? " (restart tests)" : item.kind === "health-tests" ? " (health tests)" : "";
  return titleOf(item) + suffix;
}

/** The item that a report is of, so that a restored report can be run again. */
export function itemOf(report: Report): Item {
  switch (report.kind) {
    case "cloud":
      return { kind: "cloud", name: report.source.name, file: report.source.definedAt?.file ?? "" };
    case "instance":
      return {
        kind: "instance",
        name: report.source.name,
        file: report.source.definedAt?.file ?? "",
        images: { by: "name", names: report.instances.map(({ image }) => image.id) },
      };
    case "boot-test":
      return { kind: "boot-test", file: report.source.file, onlyMissing: report.onlyMissing };
    case "machine":
      return { kind: "machine", name: report.source.name, address: report.source.address };
    case "samples":
      return {
        kind: "samples",
        file: report.source.file,
        bits: report.input.bitsInferred ? null : report.input.bits,
        format: chosenFormat(report.input),
        method: { track: report.requestedTrack, purpose: report.purpose, mostBits: report.mostBits },
      };
    case "restart":
      return {
        kind: "restart",
        path: report.input.path,
        bits: report.input.bitsInferred ? null : report.input.bits,
        format: chosenFormat(report.input),
        hI: report.restart.sanity.hI,
        track: report.track,
      };
    case "health-tests": {
      const { minEntropy, alpha, rule, startUpSamples } = report.healthTests.parameters;
      const { file, bits } = report.input;
      return {
        kind: "health-tests",
        file,
        bits,
        format: chosenFormat(report.input),
        ...{ minEntropy, alpha, rule, startUpSamples },
      };
    }
  }
}

function chosenFormat({ preparation }: { readonly preparation: readonly PreparationStep[] }): string | null {
  const decoded = preparation.find((step) => step.step === "decoded");
  return decoded?.guessedBecause === null ? decoded.format : null;
}
