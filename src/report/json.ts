import { UserError } from "../errors";
import type { Report } from "../model";
import type { InventoryReport } from "../model/inventory";
import { readEnvelope, readHeader, type Envelope, type WrittenHeader } from "./envelope";

/** A report as JSON text, for machines; `report.schema.json` describes it. */
export function reportToJson(report: Report): string {
  return toJson(report);
}

/**
 * Anything of the model as JSON text.
 * @throws Error if a number is not finite: JSON would turn it into null unseen
 */
export function toJson(value: object): string {
  const text = JSON.stringify(
    value,
    (key, member: unknown) => {
      if (typeof member === "number" && !Number.isFinite(member)) throw new Error(`report: ${key} is ${member}`);
      return member;
    },
    2,
  );
  return `${text}\n`;
}

/**
 * Reads back what `reportToJson` wrote.
 * @throws UserError if the text is not a report of this schema version
 */
export function reportFromJson(text: string, file: string): Report {
  const refuse = (cause?: unknown) => notAReport(file, cause);
  const value = readEnvelope(text, refuse);
  if (!isReport(value)) throw refuse();
  return value;
}

/**
 * Reads back an inventory.
 * @throws UserError if the text is none of this schema version
 */
export function inventoryFromJson(text: string, file: string): InventoryReport {
  const refuse = (cause?: unknown) => notAReport(file, cause);
  const value = readHeader(text, refuse);
  if (!isInventory(value)) throw refuse();
  return value;
}

const isInventory = (value: WrittenHeader): value is InventoryReport => value.kind === "inventory";

const KINDS: Readonly<Record<Report["kind"], true>> = {
  cloud: true,
  machine: true,
  samples: true,
  restart: true,
  "health-tests": true,
  instance: true,
  "boot-test": true,
};

function isReport(value: Envelope): value is Envelope & Report {
  return Object.hasOwn(KINDS, value.kind);
}

function notAReport(file: string, cause?: unknown): UserError {
  return new UserError(
    "report-not-readable",
    `${file} is not a report of Entropy Check, schema version 1.`,
    "Run the check again to write a new one.",
    { cause },
  );
}
