import type { Finding } from "../model";
import type { SuppressionRequest } from "../model/suppression";
import { finding } from "./finding";
import { quoted } from "./text";

/**
 * Marks the findings that somebody has accepted. A request that has expired or has no reason sets nothing aside, and is
 * told with each finding that it would have been for, at the same place. What passed is not touched.
 * @param source the name of what was checked
 * @param today YYYY-MM-DD
 */
export function suppress<F extends Finding>(
  findings: readonly F[],
  requests: readonly SuppressionRequest[],
  source: string,
  today: string,
): readonly F[] {
  return findings.flatMap((one): readonly F[] => {
    if (one.verdict !== "fail" && one.verdict !== "inconclusive") return [one];
    const meant = requests.filter((request) => isMeant(request, one, source));
    const valid = meant.find((request) => request.reason !== "" && !hasExpired(request, today));
    if (valid !== undefined) return [{ ...one, suppressed: { reason: valid.reason, expires: valid.expires } }];
    return [one, ...meant.slice(0, 1).map((request) => ({ ...one, ...ineffective(request, one, today) }))];
  });
}

function isMeant({ rule, subject, source }: SuppressionRequest, one: Finding, checked: string): boolean {
  return (
    (rule === "*" || rule === one.rule) &&
    (source === null || matches(source, checked)) &&
    (matches(subject, one.subject.name) || matches(subject, one.subject.id))
  );
}

/** `*` stands for any run of characters. */
function matches(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === text;
  if (!text.startsWith(first)) return false;
  const last = rest.pop() ?? "";
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** The day that is named is the last one that counts. */
function hasExpired({ expires }: SuppressionRequest, today: string): boolean {
  return expires !== null && expires < today;
}

function ineffective(request: SuppressionRequest, { rule, subject }: Finding, today: string): Finding {
  const why = hasExpired(request, today) ? `expired on ${request.expires ?? ""}` : "has no reason";
  return finding("suppression-in-force", subject, {
    verdict: "fail",
    message: `The suppression of ${rule} for ${quoted(subject.name)} ${why}, so the finding counts.`,
    evidence: [{ label: "reason", value: request.reason === "" ? "none" : request.reason }],
    remedy: "Mend what was found, or write the reason and a new last day into .entropy-check.yaml.",
  });
}
