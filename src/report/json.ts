import { UserError } from "../errors";
import type { Report } from "../model";

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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notAReport(file, cause);
  }
  if (!isReport(value)) throw notAReport(file);
  return value;
}

const KINDS: Readonly<Record<Report["kind"], true>> = {
  cloud: true,
  machine: true,
  samples: true,
  restart: true,
  "health-tests": true,
  instance: true,
  "boot-test": true,
};

function isReport(value: unknown): value is Report {
  return (
    typeof value === "object" &&
    value !== null &&
    "schemaVersion" in value &&
    value.schemaVersion === 1 &&
    "kind" in value &&
    typeof value.kind === "string" &&
    Object.hasOwn(KINDS, value.kind) &&
    "findings" in value &&
    Array.isArray(value.findings)
  );
}

function notAReport(file: string, cause?: unknown): UserError {
  return new UserError(
    "report-not-readable",
    `${file} is not a report of Entropy Check, schema version 1.`,
    "Run the check again to write a new one.",
    { cause },
  );
}
