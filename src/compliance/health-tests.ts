import type { Evidence, Finding, RuleId, Subject } from "../model";
import type { HealthTestOutcome, HealthTestsResult } from "../model/health-tests";
import { finding } from "./finding";
import { quoted } from "./text";

/** What the rules for health tests say of the samples of a file: a finding for each of 4.4.1, 4.4.2 and 4.3. */
export function judgeHealthTests(result: HealthTestsResult, subject: Subject): readonly Finding[] {
  const { parameters, samples, repetitionCount, adaptiveProportion } = result;
  const { alpha } = parameters;
  const { window } = adaptiveProportion;
  return [
    judgeTest(repetitionCount, subject, {
      rule: "sp800-90b-repetition-count",
      name: "repetition count test",
      where: "in a row",
      recorded: samples,
      window: null,
      byChance: samples * alpha,
    }),
    judgeTest(adaptiveProportion, subject, {
      rule: "sp800-90b-adaptive-proportion",
      name: "adaptive proportion test",
      where: `in a window of ${window}`,
      recorded: samples,
      window,
      byChance: Math.ceil(samples / window) * alpha,
    }),
    judgeStartUp(result, subject),
  ];
}

/** How a test is spoken of. */
interface Wording {
  readonly rule: RuleId;
  readonly name: string;
  readonly where: string;
  readonly recorded: number;
  /** Samples that a count starts anew after; null: never. */
  readonly window: number | null;
  /** Failures that a source giving H has on average, at most. */
  readonly byChance: number;
}

function judgeTest(outcome: HealthTestOutcome, subject: Subject, wording: Wording): Finding {
  const { cutoff, most, failures, listed, verdict } = outcome;
  const { rule, name, where, recorded, window, byChance } = wording;
  const file = quoted(subject.name);
  const evidence: Evidence[] = [
    { label: "cutoff", value: `${cutoff} of one value ${where}` },
    { label: "most seen", value: String(most) },
    { label: "failures of a source that gives H, on average at most", value: String(Number(byChance.toPrecision(2))) },
  ];
  const first = listed.at(0);
  if (verdict === "fail" && first !== undefined)
    return finding(rule, subject, {
      verdict,
      message: `The ${name} fails ${times(failures)} on ${file}, first at sample ${first.position.toLocaleString("en")}.`,
      evidence: [
        ...evidence,
        {
          label: "first failure",
          value: `value ${first.symbol} too often from sample ${first.start} to sample ${first.position}`,
        },
      ],
      remedy:
        "Look at the samples around the failures. A value that sticks is a fault of the source or of its recording; failures all over the file mean that H is claimed too high.",
    });
  if (verdict === "inconclusive")
    return finding(rule, subject, {
      verdict,
      message: `The ${name} could not have failed on ${file}: its cutoff is ${cutoff} ${where}, and it saw ${recorded.toLocaleString("en")} samples.`,
      evidence,
      remedy:
        window === null || cutoff <= window
          ? "Record more samples."
          : "At so small an H the cutoff is greater than the window: only the repetition count test can find a fault.",
    });
  return finding(rule, subject, {
    verdict: "pass",
    message: `The ${name} passes on ${file}: a value comes at most ${times(most)} ${where}, the cutoff is ${cutoff}.`,
    evidence,
  });
}

function judgeStartUp({ parameters, samples, startUp }: HealthTestsResult, subject: Subject): Finding {
  const { startUpSamples } = parameters;
  const file = quoted(subject.name);
  const rule = "sp800-90b-start-up";
  const evidence = [{ label: "start-up samples", value: String(startUpSamples) }];
  switch (startUp.verdict) {
    case "pass":
      return finding(rule, subject, {
        verdict: "pass",
        message: `The start-up test passes on ${file}: neither test fails in the first ${startUpSamples} samples.`,
        evidence,
      });
    case "fail":
      return finding(rule, subject, {
        verdict: "fail",
        message: `The start-up test fails on ${file}: ${startUp.failures === 1 ? "a test fails" : "tests fail"} ${times(startUp.failures)} in the first ${startUpSamples} samples.`,
        evidence,
        remedy: "Let the source warm up and discard its first samples, or look at why they repeat.",
      });
    case "inconclusive":
      return finding(rule, subject, {
        verdict: "inconclusive",
        message: `The start-up test of ${file} is incomplete: ${samples} of its ${startUpSamples} samples were recorded.`,
        evidence,
        remedy: `Record at least ${startUpSamples} samples from the start of the source.`,
      });
  }
}

function times(count: number): string {
  return count === 1 ? "once" : `${count.toLocaleString("en")} times`;
}
