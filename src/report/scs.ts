import { stringify } from "yaml";
import { UserError } from "../errors";
import type { Outline, OutlineFinding } from "./outline/outline";
import { setAside } from "./words";

/** Tests/scs-compatible-iaas.yaml of https://github.com/SovereignCloudStack/standards */
const SPEC = {
  uuid: "50393e6f-2ae1-4c5c-a62c-3b75f2abef3f",
  name: "SCS-compatible IaaS",
  url: "https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/scs-compatible-iaas.yaml",
} as const;

/** The numbers that stand in the result files. */
const VERDICTS = { PASS: 1, ABORT: 0, FAIL: -1 } as const;

interface TestCase {
  readonly id: string;
  readonly verdict: keyof typeof VERDICTS;
  readonly findings: readonly OutlineFinding[];
}

/** Made anew for each file. */
export interface ScsIds {
  readonly run: string;
  readonly invocation: string;
}

/**
 * The test cases of SCS-0101 that a report has an answer to, one a rule: FAIL if any finding failed, else ABORT if any
 * could not be measured, else PASS. What is suppressed or known is judged as it is: it is not for us to certify.
 * @throws UserError for a report without any
 */
function testCases({ findings, title }: Outline): readonly TestCase[] {
  const byRule = new Map<string, OutlineFinding[]>();
  for (const finding of findings)
    // the rules for definitions are no test cases of the standard's
    if (/^scs-\d{4}-/.test(finding.rule) && !finding.rule.endsWith("-definition"))
      byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  // what the version that was judged by does not ask for is no test case of it
  for (const [rule, own] of byRule) if (own.every(({ verdict }) => verdict === "not-applicable")) byRule.delete(rule);
  if (byRule.size === 0)
    throw new UserError(
      "report-no-test-cases",
      `${title} has no test case of SCS-0101.`,
      "Reports of clouds and machines have them; choose another format for this one.",
    );
  return [...byRule].map(([id, own]): TestCase => {
    const has = (verdict: OutlineFinding["verdict"]): boolean => own.some((finding) => finding.verdict === verdict);
    return { id, verdict: has("fail") ? "FAIL" : has("inconclusive") ? "ABORT" : "PASS", findings: own };
  });
}

/** The lines that the reference runner prints: `scs-0101-rngd: PASS`; of several subjects each under its name. */
export function outlinesToScsLines(outlines: readonly Outline[]): string {
  return outlines
    .flatMap((outline) => [
      ...(outlines.length === 1 ? [] : [`# ${outline.source.replace(/\s+/g, " ")}`]),
      ...testCases(outline).map(({ id, verdict }) => `${id}: ${verdict}`),
    ])
    .map((line) => `${line}\n`)
    .join("");
}

/** The result file of the reference's scs-compliance-check.py; of several subjects a YAML document each. */
export function outlinesToScsYaml(outlines: readonly Outline[], ids: ScsIds): string {
  return outlines.map((outline) => toScsYaml(outline, ids)).join("---\n");
}

/** One subject's, with this run as its one invocation. */
function toScsYaml(outline: Outline, ids: ScsIds): string {
  const cases = testCases(outline);
  const messages = cases.flatMap(({ findings }) => findings.map(logLine)).filter((line) => line !== null);
  const levels = (level: string): number => messages.filter((line) => line.startsWith(`${level}: `)).length;
  return stringify(
    {
      spec: SPEC,
      checked_at: outline.finishedAt,
      reference_date: outline.finishedAt.slice(0, 10),
      subject: outline.source,
      run: {
        uuid: ids.run,
        argv: ["entropy-check", outline.kind, outline.source],
        assignment: { os_cloud: outline.source },
        sections: null,
        forced_version: null,
        forced_tests: null,
        invocations: {
          [ids.invocation]: {
            id: ids.invocation,
            cmd: `entropy-check ${outline.kind} ${outline.source}`,
            results: Object.fromEntries(cases.map(({ id, verdict }) => [id, VERDICTS[verdict]])),
            rc: 0,
            stdout: cases.map(({ id, verdict }) => `${id}: ${verdict}`),
            stderr: messages,
            info: levels("INFO"),
            warning: levels("WARNING"),
            error: levels("ERROR"),
            critical: 0,
          },
        },
      },
    },
    { lineWidth: 0 },
  );
}

/** As the reference logs it; null for what passed. */
function logLine(finding: OutlineFinding): string | null {
  const { verdict, severity, message } = finding;
  if (verdict !== "fail" && verdict !== "inconclusive") return null;
  const level = verdict === "inconclusive" ? "WARNING" : severity.toUpperCase();
  const aside = setAside(finding);
  return `${level}: ${message}${aside === null ? "" : ` (${aside})`}`;
}
