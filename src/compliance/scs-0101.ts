import type { CloudObservations, Finding, MachineObservations, Subject } from "../model";
import { judgeEntropyAvail } from "./entropy-avail";
import { judgeFips } from "./fips";
import { judgeFlavors } from "./flavor";
import { judgeImages } from "./image";
import { judgeRngd } from "./rngd";

/**
 * SCS-0101 of a cloud's flavors and images.
 * @param cloud the subject of what is said of the cloud as a whole
 * @returns a finding for everything that was checked, passes too; never empty
 */
export function judgeCloud(cloud: Subject, observations: CloudObservations): Finding[] {
  return [...judgeFlavors(cloud, observations.flavors), ...judgeImages(cloud, observations.images)];
}

/**
 * SCS-0101's live checks of one machine.
 * @param machine id is its address
 * @returns one finding a check: rngd, entropy_avail, FIPS 140-2
 */
export function judgeMachine(machine: Subject, observations: MachineObservations): Finding[] {
  return [
    judgeRngd(machine, observations),
    judgeEntropyAvail(machine, observations.entropyAvail),
    judgeFips(machine, observations.fips140),
  ];
}
