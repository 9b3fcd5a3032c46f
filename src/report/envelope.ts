import type { UserError } from "../errors";

/** What a report of any kind has. */
export interface Envelope {
  readonly schemaVersion: 1;
  readonly kind: string;
  readonly findings: readonly unknown[];
}

/**
 * Reads a report's JSON as far as all kinds are alike.
 * @param refuse makes the error for a text that is none of this schema version
 * @throws UserError
 */
export function readEnvelope(text: string, refuse: (cause?: unknown) => UserError): Envelope {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse(cause);
  }
  if (!isEnvelope(value)) throw refuse();
  return value;
}

function isEnvelope(value: unknown): value is Envelope {
  return (
    typeof value === "object" &&
    value !== null &&
    "schemaVersion" in value &&
    value.schemaVersion === 1 &&
    "kind" in value &&
    typeof value.kind === "string" &&
    "findings" in value &&
    Array.isArray(value.findings)
  );
}
