import type { Finding } from "../model";
import type { BootTestSource, FailedBoot } from "../model/boot-test";
import { finding } from "./finding";
import { quoted } from "./text";

const BOOT = "boot-test-boot";

/**
 * What boots that failed, or a test without any data, leave open.
 * @param parametersOf what tells a failed boot's set of parameters, for people
 * @param runs how many were assessed
 */
export function judgeBoots(
  { name, file }: BootTestSource,
  failed: readonly FailedBoot[],
  parametersOf: (boot: FailedBoot) => string,
  runs: number,
): readonly Finding[] {
  if (failed.length === 0 && runs === 0)
    return [
      finding(
        BOOT,
        { kind: "samples", id: file, name },
        {
          verdict: "inconclusive",
          message: `Boot test ${quoted(name)} has no run to assess.`,
          remedy: "Boot first: without --only-missing, or with more iterations.",
        },
      ),
    ];
  return failed.map((boot) =>
    finding(
      BOOT,
      { kind: "samples", id: `${file}#${boot.number}`, name: `${name}, run ${boot.number}` },
      {
        verdict: "inconclusive",
        message: `Run ${boot.number} of boot test ${quoted(name)} failed: ${boot.message}`,
        evidence: [{ label: "parameters", value: parametersOf(boot) }],
        remedy: boot.remedy,
      },
    ),
  );
}
