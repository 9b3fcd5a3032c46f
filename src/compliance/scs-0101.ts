import type { CloudObservations, Finding, MachineObservations, Subject } from "../model";
import { judgeEntropyAvail } from "./entropy-avail";
import { finding } from "./finding";
import { judgeFips } from "./fips";
import { judgeFlavors } from "./flavor";
import { judgeImages } from "./image";
import { DEFAULT_PROFILE, type Profile, type ScsRule } from "./profiles";
import { judgeRngd } from "./rngd";
import { quoted } from "./text";

/**
 * SCS-0101 of a cloud's flavors and images.
 * @param cloud the subject of what is said of the cloud as a whole
 * @returns a finding for everything that was checked, passes too; never empty
 */
export function judgeCloud(cloud: Subject, observations: CloudObservations, profile = DEFAULT_PROFILE): Finding[] {
  return [
    ...by(profile, "scs-0101-flavor-property", cloud, () => judgeFlavors(cloud, observations.flavors)),
    ...by(profile, "scs-0101-image-property", cloud, () => judgeImages(cloud, observations.images)),
  ];
}

/**
 * SCS-0101's live checks of one machine.
 * @param machine id is its address
 * @returns one finding a check: rngd, entropy_avail, FIPS 140-2
 */
export function judgeMachine(
  machine: Subject,
  observations: MachineObservations,
  profile = DEFAULT_PROFILE,
): Finding[] {
  const { entropyAvail, fips140 } = observations;
  return [
    ...by(profile, "scs-0101-rngd", machine, () => [judgeRngd(machine, observations)]),
    ...by(profile, "scs-0101-entropy-avail", machine, () => [judgeEntropyAvail(machine, entropyAvail)]),
    ...by(profile, "scs-0101-fips-test", machine, () => [judgeFips(machine, fips140, profile)]),
  ];
}

/** What a rule finds, if the profile has it, with where it stands in the profile. */
function by(profile: Profile, rule: ScsRule, subject: Subject, judge: () => readonly Finding[]): Finding[] {
  const clause = profile.clauses[rule] ?? null;
  const limit = rule === "scs-0101-fips-test" ? { limit: profile.mostFipsFailures } : {};
  const basis = { profile: profile.id, document: profile.title, clause, testCase: rule, ...limit };
  const found = clause === null ? [notAskedFor(profile, rule, subject)] : judge();
  return found.map((one) => ({ ...one, basis }));
}

function notAskedFor(profile: Profile, rule: ScsRule, subject: Subject): Finding {
  return finding(rule, subject, {
    verdict: "not-applicable",
    message: `${profile.title} does not ask for ${rule} of ${quoted(subject.name)}.`,
  });
}
