import { harmless } from "./markup";
import type { Outline } from "./outline/outline";
import { setAside, standingOf } from "./words";

const COLUMNS = [
  ..."report,source,finished,rule,verdict,severity,standing,subject kind,subject id,subject".split(","),
  ..."message,remedy,evidence,file,line,column,set aside because".split(","),
];

/** The findings as CSV (RFC 4180), a row each, with a header; or the figures of a report that is about those. */
export function outlinesToCsv(outlines: readonly Outline[]): string {
  const records = outlines.length === 1 ? outlines[0].records : undefined;
  if (records !== undefined) return rowsToCsv([records.columns, ...records.rows]);
  return rowsToCsv([COLUMNS, ...outlines.flatMap(rowsOf)]);
}

function rowsOf({ kind, source, finishedAt, findings }: Outline): readonly (readonly string[])[] {
  return findings.map((finding) => {
    const { rule, verdict, severity, subject, message, remedy, evidence, region } = finding;
    return [
      ...[
        kind,
        source,
        finishedAt,
        rule,
        verdict,
        severity,
        standingOf(finding),
        subject.kind,
        subject.id,
        subject.name,
      ],
      ...[message, remedy ?? "", evidence.map(({ label, value }) => `${label}: ${value}`).join("; ")],
      ...(region === null
        ? ["", "", ""]
        : [region.file, String(region.startLine + 1), String(region.startCharacter + 1)]),
      setAside(finding) ?? "",
    ];
  });
}

function rowsToCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** How a formula begins, in full width, too (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A spreadsheet must not take a flavor's name for a formula: such a text begins with an apostrophe. */
function cell(text: string): string {
  const written = harmless(text).replace(FORMULA, "'$&");
  return /[",\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}
