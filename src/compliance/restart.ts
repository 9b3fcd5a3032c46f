import type { Finding, RestartReport, Subject } from "../model";
import type { RestartMaximum, RestartResult } from "../model/restart";
import { finding } from "./finding";
import { judgeIid } from "./iid";
import { quoted } from "./text";

/**
 * What the rules for restart data say of the sanity check (3.1.4.3) and, if that passed, of the validation (3.1.4.2).
 * @param iid what the IID tests say of the datasets; null when the track does not ask for them
 */
export function judgeRestart(restart: RestartResult, iid: RestartReport["iid"], subject: Subject): readonly Finding[] {
  const datasets = (["row", "column"] as const).flatMap((name) =>
    iid === null ? [] : judgeIid(iid[`${name}s`], "iid", subject, `The ${name} dataset of ${quoted(subject.name)}`),
  );
  return [judgeSanity(restart, subject), ...datasets, judgeValidation(restart, subject)];
}

function judgeSanity({ sanity }: RestartResult, subject: Subject): Finding {
  const { hI, row, column, xMax, rules, decidedBy, passed } = sanity;
  const cutoff = rules.find(({ rule }) => rule === decidedBy)?.cutoff ?? NaN;
  const counted = `the most common value of a row or column of ${quoted(subject.name)} occurs ${times(xMax)}`;
  const evidence = [
    { label: "H_I", value: `${hI} bits per sample` },
    { label: "X_R", value: maximum(row, "row") },
    { label: "X_C", value: maximum(column, "column") },
    ...rules.map((rule) => ({
      label: `cutoff by the rule ${rule.rule}`,
      value: `${Number(rule.cutoff.toPrecision(7))}: ${rule.passed ? "passed" : "failed"}`,
    })),
  ];
  return passed
    ? finding("sp800-90b-restart-sanity", subject, {
        verdict: "pass",
        message: `${capitalised(counted)}; at H_I = ${hI}, up to ${cutoff} may be chance.`,
        evidence,
      })
    : finding("sp800-90b-restart-sanity", subject, {
        verdict: "fail",
        message: `${capitalised(counted)}; at H_I = ${hI}, ${cutoff} is the most that chance explains.`,
        evidence,
        remedy:
          column.count > row.count
            ? `Look at what the source gives at position ${column.index} after a restart: it is often the same. Discard the first samples, or reset less of the source's state.`
            : `Look at restart ${row.index}: its samples repeat one value. If all restarts are alike, the initial estimate H_I is too high.`,
      });
}

function judgeValidation({ sanity, hR, hC, verdict, decidedBy, reason }: RestartResult, subject: Subject): Finding {
  if (decidedBy === "sanity-check")
    return finding("sp800-90b-restart-validation", subject, {
      verdict: "not-applicable",
      message: `The datasets of ${quoted(subject.name)} were not assessed, because the sanity check failed.`,
    });
  if (decidedBy === "iid-tests")
    return finding("sp800-90b-restart-validation", subject, {
      verdict: "not-applicable",
      message: `The estimates of ${quoted(subject.name)} do not count. ${reason}`,
    });
  const estimate = (label: string, value: number | null) => ({
    label,
    value: value === null ? "not computed" : `${value} bits per sample`,
  });
  return finding("sp800-90b-restart-validation", subject, {
    verdict,
    message: reason,
    evidence: [estimate("H_r", hR), estimate("H_c", hC), estimate("H_I", sanity.hI)],
    remedy:
      verdict === "pass"
        ? null
        : "Compare the rows with the columns: weak columns mean that restarts resemble each other, weak rows that the source has not warmed up after 1000 samples. SP 800-90B awards no entropy until both hold.",
  });
}

function maximum({ index, symbol, count }: RestartMaximum, where: "row" | "column"): string {
  return `symbol ${symbol}, ${times(count)} in ${where} ${index}`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
