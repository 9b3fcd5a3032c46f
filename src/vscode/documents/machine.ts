import type { Finding, MachineReport, Observation, RuleId } from "../../model";
import { DocumentWriter, type DocumentText } from "./text";

/** What a machine answered, check by check; each rule's id leads to the line of the check that it judges. */
export function liveChecksDocument({ source, observations, findings }: MachineReport): DocumentText {
  const writer = new DocumentWriter().comment(
    `Live checks of the machine ${source.name} (${source.address}). Read-only: written by Entropy Check from its answers.`,
  );
  const check = (name: string, observation: Observation<unknown>, rule: RuleId | null) => {
    const finding = findings.find((f) => f.rule === rule);
    const { provenance } = observation;
    writer.blank();
    if (finding !== undefined) writer.comment(verdictOf(finding));
    writer.comment(`Asked at ${provenance.at}: ${provenance.asked}`);
    if (observation.status === "unmeasured") writer.comment(`Not measured: ${observation.reason}`);
    writer.yaml(
      { [name]: observation.status === "measured" ? observation.value : null },
      0,
      ...(rule === null ? [] : [rule]),
    );
  };
  check("kernel", observations.kernel, null);
  check("rngd", observations.rngd, "scs-0101-rngd");
  check("hw_random", observations.hwrng, null);
  check("entropy_avail", observations.entropyAvail, "scs-0101-entropy-avail");
  check("fips_140_2", observations.fips140, "scs-0101-fips-test");
  return writer.end();
}

function verdictOf({ verdict, message }: Finding): string {
  return `${verdict.toUpperCase()}: ${message}`;
}
