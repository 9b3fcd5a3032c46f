import { basename } from "node:path";
import type { Report, SamplesReport } from "../model";

/** An entry of a clouds.yaml. */
export interface CloudItem {
  readonly kind: "cloud";
  readonly name: string;
  /** The clouds.yaml. */
  readonly file: string;
}

/** A machine: configured, entered, or this one. */
export interface MachineItem {
  readonly kind: "machine";
  /** The configured name, by which it is known even when its address changes; else the address. */
  readonly name: string;
  /** `local` or `ssh://user@host[:port]`. */
  readonly address: string;
}

/** A file of samples. */
export interface SamplesItem {
  readonly kind: "samples";
  readonly file: string;
  /** Bits per symbol; null: not asked yet, or that of the highest bit in use. */
  readonly bits: number | null;
  /** The id of the format that was chosen; null: not asked yet, or guessed. */
  readonly format: string | null;
}

/** What can be checked, and what the tree lists. */
export type Item = CloudItem | MachineItem | SamplesItem;

/** The same for the same item in every window and after every reload; webviews and documents name items by it. */
export function idOf(item: Item): string {
  switch (item.kind) {
    case "cloud":
      return `cloud:${item.name}@${item.file}`;
    case "machine":
      return `machine:${item.name}`;
    case "samples":
      return `samples:${item.file}`;
  }
}

/** What people call it. */
export function titleOf(item: Item): string {
  return item.kind === "samples" ? basename(item.file) : item.name;
}

/** The item that a report is of, so that a restored report can be run again. */
export function itemOf(report: Report): Item {
  switch (report.kind) {
    case "cloud":
      return { kind: "cloud", name: report.source.name, file: report.source.definedAt?.file ?? "" };
    case "machine":
      return { kind: "machine", name: report.source.name, address: report.source.address };
    case "samples":
      return {
        kind: "samples",
        file: report.source.file,
        bits: report.input.bitsInferred ? null : report.input.bits,
        format: chosenFormat(report),
      };
  }
}

function chosenFormat({ input }: SamplesReport): string | null {
  const decoded = input.preparation.find((step) => step.step === "decoded");
  return decoded?.guessedBecause === null ? decoded.format : null;
}
