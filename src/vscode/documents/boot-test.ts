import type { BootTestReport } from "../../model";
import { DocumentWriter, type DocumentText } from "./text";

/** The runs of a boot test by their sets of parameters; the path of a run's data leads to the run. */
export function bootTestDocument(report: BootTestReport): DocumentText {
  const { source, sets, failed, unfinished } = report;
  const writer = new DocumentWriter()
    .comment("Boot test, each run assessed by NIST SP 800-90B, non-IID track. Read-only: written by Entropy Check.")
    .comment(`Run from ${report.startedAt} to ${report.finishedAt}.`)
    .blank()
    .yaml({ definition: source.file, folder: source.folder, source: report.entropySource, arch: report.arch })
    .yaml({ method: report.method, length: report.length, bits: report.bits, iterations: report.iterations })
    .blank()
    .line("sets:");
  for (const { options, data, runs, minEntropy, bitsPerSecond } of sets) {
    writer.yaml(
      [{ options: Object.fromEntries(options), data, min_entropy: minEntropy, bits_per_second: bitsPerSecond }],
      2,
    );
    if (runs.length === 0) writer.yaml({ runs: [] }, 4);
    else writer.line("    runs:");
    for (const run of runs) {
      const { file, sha256 } = run.samples.input;
      const figures = { min_entropy: run.samples.minEntropy, bits_per_second: run.bitsPerSecond };
      writer.yaml([{ run: run.number, file, sha256, ...figures, meta: Object.fromEntries(run.meta) }], 6, file);
    }
  }
  return writer
    .blank()
    .yaml({ failed: failed.map(({ number, message, remedy }) => ({ run: number, message, remedy })) })
    .yaml({ unfinished })
    .end();
}
