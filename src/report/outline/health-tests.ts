import type { HealthTestsReport } from "../../model";
import type { HealthTestOutcome } from "../../model/health-tests";
import type { Details } from "./details";
import { originFacts } from "./samples";

export function healthTestsDetails({ source, input, healthTests }: HealthTestsReport): Details {
  const { parameters, samples, repetitionCount, adaptiveProportion, startUp } = healthTests;
  return {
    title: `Health tests of ${source.name}`,
    facts: [
      ["File", input.file],
      ["SHA-256", input.sha256],
      ...originFacts(input.origin),
      ["Samples", String(samples)],
      ["Bits per sample", String(input.bits)],
      ["H, bits per sample", String(parameters.minEntropy)],
      ["Alpha", String(parameters.alpha)],
      ["Cutoff rule", parameters.rule],
      ["Window", String(adaptiveProportion.window)],
    ],
    tables: [
      {
        title: "Tests",
        columns: ["Clause", "Test", "Cutoff", "Most", "Failures", "Verdict"],
        rows: [
          ["4.4.1", "repetition count", ...outcome(repetitionCount)],
          ["4.4.2", "adaptive proportion", ...outcome(adaptiveProportion)],
          ["4.3", "start-up", "", "", String(startUp.failures), startUp.verdict],
        ],
      },
    ],
    artifacts: [{ file: input.file, sha256: input.sha256 }],
    anchor: null,
  };
}

function outcome({ cutoff, most, failures, verdict }: HealthTestOutcome): readonly string[] {
  return [String(cutoff), String(most), String(failures), verdict];
}
