import type { HealthTestsReport } from "../../model";
import { DocumentWriter, type DocumentText } from "./text";

/** What the health tests found, with the failures that are listed; the rules' ids lead to the test that they judge. */
export function healthTestsDocument(report: HealthTestsReport): DocumentText {
  const { input, healthTests } = report;
  const { parameters, samples, repetitionCount, adaptiveProportion, startUp } = healthTests;
  return new DocumentWriter()
    .comment("Health tests by NIST SP 800-90B 4.4. Read-only: written by Entropy Check.")
    .comment(`Run from ${report.startedAt} to ${report.finishedAt}.`)
    .blank()
    .yaml({ file: input.file, sha256: input.sha256, samples, bits: input.bits })
    .yaml({ preparation: input.preparation.map(({ text }) => text) })
    .blank()
    .yaml({ verdict: healthTests.verdict, parameters })
    .blank()
    .comment("Start-up test (4.3)")
    .yaml({ start_up: startUp }, 0, "sp800-90b-start-up")
    .blank()
    .comment("Repetition count test (4.4.1); positions count samples from 0, and the first failures are listed.")
    .yaml({ repetition_count: repetitionCount }, 0, "sp800-90b-repetition-count")
    .blank()
    .comment("Adaptive proportion test (4.4.2)")
    .yaml({ adaptive_proportion: adaptiveProportion }, 0, "sp800-90b-adaptive-proportion")
    .end();
}
