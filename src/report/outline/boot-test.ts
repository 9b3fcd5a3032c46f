import type { BootTestReport } from "../../model";
import type { Spread } from "../../model/boot-test";
import { label } from "../boot-test";
import type { Details, OutlineTable } from "./details";
import { figure } from "./samples";

export function bootTestDetails(report: BootTestReport): Details {
  const { source, arch, method, entropySource, length, bits, iterations, booted, sets, failed, warnings } = report;
  const best = report.best === null ? [] : [["Most entropy per unit of time", label(sets[report.best])] as const];
  return {
    title: `Boot test ${source.name}`,
    facts: [
      ["Definition", source.file],
      ["Runs in", source.folder],
      ["Entropy source", entropySource],
      ["Architecture", arch],
      ["Booted by", method],
      ["Bytes a boot", length === null ? "as the kernel decides" : String(length)],
      ["Bits per sample", String(bits)],
      ["Boots of each set of parameters", String(iterations)],
      ["Boots made now", String(booted)],
      ...best,
      ...warnings.map(({ line, message, remedy }) => [`Line ${line + 1}`, `${message} ${remedy}`] as const),
    ],
    tables: [
      {
        title: "Sets of parameters",
        columns: ["Parameters", "Data", "Runs", ...SPREAD("Min-entropy"), ...SPREAD("Bits per second")],
        rows: sets.map((set) => [
          ...[label(set), set.data ?? "not said", String(set.runs.length)],
          ...spread(set.minEntropy),
          ...spread(set.bitsPerSecond),
        ]),
      },
      {
        title: "Runs",
        columns: ["Run", "Parameters", "Min-entropy", "Bits per second", "File"],
        rows: sets.flatMap((set) =>
          set.runs.map(({ number, bitsPerSecond, samples }) => [
            ...[String(number), label(set), figure(samples.minEntropy)],
            ...[bitsPerSecond === null ? "not known" : String(bitsPerSecond), samples.input.file],
          ]),
        ),
      },
      ...(failed.length === 0
        ? []
        : [
            {
              title: "Failed boots",
              columns: ["Run", "Parameters", "Reason", "Remedy"],
              rows: failed.map(({ number, set, message, remedy }) => [
                ...[String(number), label(sets[set]), message, remedy],
              ]),
            },
          ]),
    ],
    records: matrixRecords(report),
    artifacts: sets.flatMap(({ runs }) =>
      runs.map(({ samples: { input } }) => ({ file: input.file, sha256: input.sha256 })),
    ),
    anchor: { file: source.file, line: 0 },
  };
}

/** The matrix, a row a set of parameters: each option in a column of its own, then what its boots came to. */
function matrixRecords({ source, sets, failed }: BootTestReport): OutlineTable {
  const options = [...new Set(sets.flatMap((set) => set.options.map(([name]) => name)))];
  return {
    title: `Boot test ${source.name}`,
    columns: [
      ...[...options, "data", "runs", "failed boots"],
      ...["min-entropy", "bits per second"].flatMap((of) =>
        ["least", "median", "greatest"].map((which) => `${of}, ${which}`),
      ),
    ],
    rows: sets.map((set, i) => [
      ...options.map((option) => set.options.find(([name]) => name === option)?.[1] ?? ""),
      ...[set.data ?? "", String(set.runs.length), String(failed.filter((boot) => boot.set === i).length)],
      ...[...spread(set.minEntropy), ...spread(set.bitsPerSecond)],
    ]),
  };
}

const SPREAD = (what: string): readonly string[] => [`${what}, least`, "median", "greatest"];

function spread(of: Spread | null): readonly string[] {
  return of === null ? ["", "", ""] : [of.least, of.median, of.greatest].map(String);
}
