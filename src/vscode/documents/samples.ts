import type { SamplesReport } from "../../model";
import { DocumentWriter, type DocumentText } from "./text";

/** What the statistics say of a sample file; the rules' ids lead to the line of the figure that they judge. */
export function assessmentDocument(report: SamplesReport): DocumentText {
  const { input, estimates } = report;
  const { origin } = input;
  const writer = new DocumentWriter()
    .comment("Assessment by NIST SP 800-90B, non-IID track. Read-only: written by Entropy Check.")
    .comment(`Assessed from ${report.startedAt} to ${report.finishedAt}.`)
    .blank()
    .yaml({ file: input.file, sha256: input.sha256 })
    .yaml({ samples: input.samples }, 0, "sp800-90b-sample-size")
    .yaml({ symbols: input.symbols }, 0, "sp800-90b-constant-source")
    .yaml({ bits: input.bits }, 0, "sp800-90b-symbol-width")
    .yaml({ preparation: input.preparation.map(({ text }) => text) })
    .yaml({ origin: origin === undefined ? null : Object.fromEntries(origin.entries) }, 0, "samples-origin")
    .blank()
    .yaml({ min_entropy: report.minEntropy, h_original: report.hOriginal, h_bitstring: report.hBitstring })
    .blank();
  if (estimates.length === 0) return writer.yaml({ estimates: [] }).end();
  writer.line("estimates:");
  for (const estimate of estimates) writer.yaml([estimate], 2);
  return writer.end();
}
