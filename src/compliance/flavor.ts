import type { CloudObservations, Evidence, Finding, Flavor, Subject } from "../model";
import { finding, unmeasured } from "./finding";
import { isPrintable, quoted, shellOperand } from "./text";

const RULE = "scs-0101-flavor-property";
const PROPERTY = "hw_rng:allowed";

/** What the standard asks for, letter by letter: "hw_rng:allowed=True". */
const REQUIRED = "True";

/** What Nova's `bool_from_string` takes as true, in any case (oslo_utils.strutils). */
const TRUE_FOR_NOVA = new Set(["1", "t", "true", "on", "y", "yes"]);

/**
 * SCS-0101 w1, Warnings: "any flavor missing the attribute `hw_rng:allowed=True`".
 * One finding a flavor, and a single inconclusive one for all flavors whose extra specs may not be read.
 */
export function judgeFlavors(cloud: Subject, observation: CloudObservations["flavors"]): Finding[] {
  if (observation.status === "unmeasured") {
    return [unmeasured(RULE, cloud, `The flavors of cloud ${quoted(cloud.name)}`, observation)];
  }
  const flavors = observation.value;
  if (flavors.length === 0) {
    return [
      finding(RULE, cloud, {
        verdict: "inconclusive",
        message: `Cloud ${quoted(cloud.name)} lists no flavors, so none was checked.`,
        remedy: "Check that the project may use at least one flavor (openstack flavor list --all).",
      }),
    ];
  }
  const findings: Finding[] = [];
  let unreadable = 0;
  for (const flavor of flavors) {
    if (flavor.extraSpecs === null) unreadable++;
    else findings.push(judgeFlavor(flavor, flavor.extraSpecs));
  }
  if (unreadable > 0) findings.push(noPermission(cloud, flavors.length - unreadable, flavors.length));
  return findings;
}

function noPermission(cloud: Subject, checked: number, all: number): Finding {
  return finding(RULE, cloud, {
    verdict: "inconclusive",
    message: `${checked} of ${all} flavors of cloud ${quoted(cloud.name)} checked: no permission to read extra specs.`,
    remedy:
      "Ask the operator to allow os_compute_api:os-flavor-extra-specs:index to your role (Nova allows it to reader and " +
      "member by default), or check with credentials that have it.",
  });
}

function judgeFlavor(flavor: Flavor, extraSpecs: Readonly<Record<string, string>>): Finding {
  const subject: Subject = { kind: "flavor", id: flavor.id, name: flavor.name };
  const name = quoted(flavor.name);
  const value = Object.hasOwn(extraSpecs, PROPERTY) ? extraSpecs[PROPERTY] : undefined;
  const evidence = rngSpecs(extraSpecs);
  if (value === REQUIRED) {
    return finding(RULE, subject, { verdict: "pass", message: `Flavor ${name} has ${PROPERTY}=True.`, evidence });
  }
  return finding(RULE, subject, {
    verdict: "fail",
    message: flavorShortcoming(name, value),
    evidence,
    remedy: `openstack flavor set --property ${PROPERTY}=True ${shellOperand(commandName(flavor))}`,
  });
}

/** @param name quoted @param value undefined when it is not set */
export function flavorShortcoming(name: string, value: string | undefined): string {
  if (value === undefined) return `Flavor ${name} lacks ${PROPERTY}=True.`;
  if (TRUE_FOR_NOVA.has(value.trim().toLowerCase())) {
    return `Flavor ${name} has ${PROPERTY}=${quoted(value)}: Nova takes it as true, but SCS-0101 asks for exactly True.`;
  }
  return `Flavor ${name} has ${PROPERTY}=${quoted(value)} instead of True: its servers may get no random number generator.`;
}

/** Names are unique in Nova; one that a terminal cannot show is replaced by the id. */
function commandName(flavor: Flavor): string {
  return isPrintable(flavor.name) ? flavor.name : flavor.id;
}

function rngSpecs(extraSpecs: Readonly<Record<string, string>>): Evidence[] {
  const present = Object.entries(extraSpecs).filter(([key]) => key.startsWith("hw_rng:"));
  if (present.length === 0) return [{ label: PROPERTY, value: "not set" }];
  return present.map(([label, value]) => ({ label, value }));
}
