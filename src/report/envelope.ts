import type { UserError } from "../errors";

/** What stands at the head of everything that is written as JSON, as far as all kinds are alike. */
export interface WrittenHeader {
  readonly schemaVersion: 1;
  readonly kind: string;
}

/** What a report of any kind has. */
export interface Envelope extends WrittenHeader {
  readonly findings: readonly unknown[];
}

/**
 * Reads a report's JSON as far as all kinds are alike.
 * @param refuse makes the error for a text that is none of this schema version
 * @throws UserError
 */
export function readEnvelope(text: string, refuse: (cause?: unknown) => UserError): Envelope {
  const value = readHeader(text, refuse);
  if (!hasFindings(value)) throw refuse();
  return value;
}

/**
 * The same of anything that is written as JSON, reports or not.
 * @throws UserError
 */
export function readHeader(text: string, refuse: (cause?: unknown) => UserError): WrittenHeader {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse(cause);
  }
  if (!isHeader(value)) throw refuse();
  return value;
}

function isHeader(value: unknown): value is WrittenHeader {
  return (
    typeof value === "object" &&
    value !== null &&
    "schemaVersion" in value &&
    value.schemaVersion === 1 &&
    "kind" in value &&
    typeof value.kind === "string"
  );
}

function hasFindings(value: WrittenHeader): value is Envelope {
  return "findings" in value && Array.isArray(value.findings);
}
