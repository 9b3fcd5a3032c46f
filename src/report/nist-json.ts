import { general } from "./c-format";

/** The version of NIST's tools whose files these are written like. */
export const NIST_TOOL_VERSION = "1.1.7";

/** Numbers are C doubles, bigints C integers: the two are written differently. */
export type NistValue =
  null | boolean | string | number | bigint | readonly NistValue[] | { readonly [key: string]: NistValue };

/** A test case: what was not computed has no member. */
export type NistTestCase = Readonly<Record<string, NistValue>>;

/** What stands in every result file of NIST's tools, beside the test cases. */
export interface NistRun {
  readonly commandline: string;
  /** Local time, `YYYYMMDDhhmmss`. */
  readonly dateTimeStamp: string;
  /** null when no file was read. */
  readonly filename: string | null;
  /** Lower-case hex. */
  readonly sha256: string | null;
}

/**
 * A result file as NIST's C++ tools write it with -o.
 * @param type `Restart`, `Conditioning`, or empty for an assessment
 * @param error the message of a run that failed; null for one that did not
 */
export function nistJson(
  run: NistRun,
  type: string,
  iid: boolean,
  testCases: readonly NistTestCase[],
  error: string | null = null,
): string {
  const cases = testCases.map((testCase) => definedMembers(testCase));
  return `${styled(
    {
      IID: iid,
      commandline: run.commandline,
      dateTimeStamp: run.dateTimeStamp,
      errorLevel: error === null ? 0n : -1n,
      ...definedMembers({ errorMessage: error, filename: run.filename, sha256: run.sha256 }),
      testCases: cases.length === 0 ? null : cases,
      toolVersion: NIST_TOOL_VERSION,
      type,
    },
    "",
  )}\n`;
}

function definedMembers(members: NistTestCase): Record<string, NistValue> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

/** JSON as jsoncpp's styled writer lays it out: three spaces, a blank before each colon, keys in order. */
function styled(value: NistValue, indent: string): string {
  if (typeof value === "number") return double(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") return asciiString(value);
  if (value === null || typeof value === "boolean") return String(value);
  const inner = `${indent}   `;
  if (isArray(value)) return `[\n${value.map((v) => inner + styled(v, inner)).join(",\n")}\n${indent}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{\n${members.map(([key, v]) => `${inner}${asciiString(key)} : ${styled(v, inner)}`).join(",\n")}\n${indent}}`;
}

const isArray = (value: object): value is readonly NistValue[] => Array.isArray(value);

function double(value: number): string {
  const text = general(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function asciiString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
