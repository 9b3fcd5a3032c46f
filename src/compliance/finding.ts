import type { Evidence, Finding, RuleId, Severity, Subject, Unmeasured, Verdict } from "../model";
import { RULES } from "./rules";

/** What a rule says of one subject. */
interface Judgement {
  readonly verdict: Verdict;
  /** Where it is not the rule's own. */
  readonly severity?: Severity;
  readonly message: string;
  readonly evidence?: readonly Evidence[];
  readonly remedy?: string | null;
}

/** A finding of `rule`, with the rule's severity unless the judgement has its own. */
export function finding(rule: RuleId, subject: Subject, judgement: Judgement): Finding {
  return {
    rule,
    verdict: judgement.verdict,
    severity: judgement.severity ?? RULES[rule].severity,
    subject,
    message: judgement.message,
    evidence: judgement.evidence ?? [],
    remedy: judgement.remedy ?? null,
  };
}

/**
 * The finding for what could not be measured: inconclusive, never a pass.
 * @param what the thing that was to be measured, as the start of a sentence: `rngd on vm-1`
 */
export function unmeasured(rule: RuleId, subject: Subject, what: string, observation: Unmeasured): Finding {
  return finding(rule, subject, {
    verdict: "inconclusive",
    message: `${what} could not be checked: ${observation.reason}`,
    evidence: [{ label: "asked", value: `${observation.provenance.asked} of ${observation.provenance.of}` }],
    remedy: observation.remedy,
  });
}
