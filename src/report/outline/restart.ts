import type { RestartReport } from "../../model";
import type { Details } from "./details";
import { assessmentFacts, estimatesTable, figure } from "./samples";

export function restartDetails({ source, input, track, restart, datasets }: RestartReport): Details {
  const { sanity, hR, hC, minEntropy, reason } = restart;
  return {
    title: `Restart tests of ${source.name}`,
    facts: [
      ["Data", input.path],
      ["Bits per sample", `${input.bits}${input.bitsInferred ? " (inferred)" : ""}`],
      ["Track", track === "iid" ? "IID" : "non-IID"],
      ["H_I, bits per sample", String(sanity.hI)],
      ["X_max", String(sanity.xMax)],
      ["H_r, bits per sample", figure(hR)],
      ["H_c, bits per sample", figure(hC)],
      ["Awarded min-entropy, bits per sample", minEntropy === null ? "none" : String(minEntropy)],
      ["Reason", reason],
    ],
    tables: [
      {
        title: "Sanity check",
        columns: ["Rule", "Alpha", "Cutoff", "Passed"],
        rows: sanity.rules.map(({ rule, alpha, cutoff, passed }) => [
          ...[rule, String(alpha), String(cutoff), passed ? "yes" : "no"],
        ]),
      },
      ...(datasets === null
        ? []
        : [estimatesTable("Row dataset", datasets.rows), estimatesTable("Column dataset", datasets.columns)].map(
            (table, index) => ({
              ...table,
              title: `${table.title}: ${assessmentFacts(index === 0 ? datasets.rows : datasets.columns).at(-1)?.[1] ?? ""}`,
            }),
          )),
    ],
    artifacts: input.files,
    anchor: null,
  };
}
