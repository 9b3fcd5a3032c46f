import type { Assessment, RestartReport } from "../../model";
import { DocumentWriter, type DocumentText } from "./text";

/** What the restart tests found; the rules' ids lead to the line of the figure that they judge. */
export function restartDocument(report: RestartReport): DocumentText {
  const { input, restart, datasets } = report;
  const { sanity, hR, hC } = restart;
  const writer = new DocumentWriter()
    .comment("Restart tests by NIST SP 800-90B 3.1.4. Read-only: written by Entropy Check.")
    .comment(`Run from ${report.startedAt} to ${report.finishedAt}.`)
    .comment(restart.reason)
    .blank()
    .yaml({ path: input.path, bits: input.bits, preparation: input.preparation.map(({ text }) => text) })
    .blank()
    .yaml({ verdict: restart.verdict, decided_by: restart.decidedBy, min_entropy: restart.minEntropy })
    .blank()
    .comment("Sanity check (3.1.4.3): the most common value of a row and of a column, and the greatest count accepted.")
    .yaml({ h_i: sanity.hI, symbols: sanity.symbols, row: sanity.row, column: sanity.column })
    .yaml({ x_max: sanity.xMax }, 0, "sp800-90b-restart-sanity")
    .yaml({ decided_by_rule: sanity.decidedBy, rules: sanity.rules })
    .blank()
    .comment("Validation (3.1.4.2): bits per sample of the row and the column dataset, at least half of h_i.")
    .yaml({ h_r: hR, h_c: hC }, 0, "sp800-90b-restart-validation")
    .blank();
  for (const [name, dataset] of [
    ["row_estimates", datasets?.rows],
    ["column_estimates", datasets?.columns],
  ] as const)
    writeEstimates(writer, name, dataset ?? null);
  return writer.blank().yaml({ files: input.files }).end();
}

function writeEstimates(writer: DocumentWriter, name: string, dataset: Assessment | null): void {
  if (dataset === null || dataset.estimates.length === 0) {
    writer.yaml({ [name]: dataset === null ? null : [] });
    return;
  }
  writer.line(`${name}:`);
  for (const estimate of dataset.estimates) writer.yaml([estimate], 2);
}
