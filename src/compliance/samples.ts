import type { Finding, SamplesInput, Subject } from "../model";
import { finding } from "./finding";

/** 3.1.1 item 1. */
const LEAST_SAMPLES = 1_000_000;

/**
 * What the rules for a sequence of samples say of a file, before anything is estimated.
 * @param bitsInUse bits per sample that its greatest value needs
 */
export function judgeSamples(input: SamplesInput, bitsInUse: number, subject: Subject): readonly Finding[] {
  return [judgeSource(input, subject), judgeSize(input, subject), judgeWidth(input, bitsInUse, subject)];
}

function judgeSource({ symbols }: SamplesInput, subject: Subject): Finding {
  return symbols > 1
    ? finding("sp800-90b-constant-source", subject, {
        verdict: "pass",
        message: `${subject.name} holds ${symbols} distinct symbols.`,
      })
    : finding("sp800-90b-constant-source", subject, {
        verdict: "fail",
        message: `${subject.name} holds one symbol only: the source gives no entropy.`,
        remedy: "Check that the source was running and that the right file, in the right format, was recorded.",
      });
}

function judgeSize({ samples }: SamplesInput, subject: Subject): Finding {
  const count = `${samples.toLocaleString("en")} ${samples === 1 ? "sample" : "samples"}`;
  const evidence = [{ label: "samples", value: String(samples) }];
  return samples >= LEAST_SAMPLES
    ? finding("sp800-90b-sample-size", subject, {
        verdict: "pass",
        message: `${subject.name} holds ${count}.`,
        evidence,
      })
    : finding("sp800-90b-sample-size", subject, {
        verdict: "fail",
        message: `${subject.name} holds ${count}; SP 800-90B asks for at least ${LEAST_SAMPLES.toLocaleString("en")}.`,
        evidence,
        remedy: "Collect at least 1,000,000 consecutive samples; the estimates of fewer are cautious and vary more.",
      });
}

function judgeWidth({ bits, bitsInferred }: SamplesInput, bitsInUse: number, subject: Subject): Finding {
  const evidence = [
    {
      label: bitsInferred ? "bits per sample, from the highest in use" : "bits per sample, as stated",
      value: String(bits),
    },
    { label: "bits in use", value: String(bitsInUse) },
  ];
  return bits === bitsInUse
    ? finding("sp800-90b-symbol-width", subject, {
        verdict: "pass",
        message: `The samples of ${subject.name} are ${bits} ${bits === 1 ? "bit" : "bits"} wide.`,
        evidence,
      })
    : finding("sp800-90b-symbol-width", subject, {
        verdict: "fail",
        message: `The samples of ${subject.name} need ${bitsInUse} of the ${bits} bits per sample that were stated.`,
        evidence,
        remedy: `State a width of ${bitsInUse}, unless the source really emits ${bits} of which some never change.`,
      });
}
