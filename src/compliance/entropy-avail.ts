import type { Finding, MachineObservations, Subject } from "../model";
import { finding, unmeasured } from "./finding";
import { quoted } from "./text";

const RULE = "scs-0101-entropy-avail";

/** Bits; SCS-0101 w1, Errors: "does not contain the value 256 (pinned since kernel 5.18)". */
const REQUIRED = 256;

/** SCS-0101 w1, Errors: /proc/sys/kernel/random/entropy_avail must contain 256. */
export function judgeEntropyAvail(machine: Subject, observation: MachineObservations["entropyAvail"]): Finding {
  const name = quoted(machine.name);
  if (observation.status === "unmeasured") return unmeasured(RULE, machine, `entropy_avail on ${name}`, observation);
  const bits = observation.value;
  const evidence = [{ label: "entropy_avail", value: String(bits) }];
  if (!Number.isSafeInteger(bits) || bits < 0) {
    return finding(RULE, machine, {
      verdict: "inconclusive",
      message: `entropy_avail on ${name} could not be checked: the machine's answer is not a number of bits.`,
      evidence,
      remedy: "Look at it on the machine: cat /proc/sys/kernel/random/entropy_avail",
    });
  }
  if (bits === REQUIRED) {
    return finding(RULE, machine, { verdict: "pass", message: `entropy_avail on ${name} is 256.`, evidence });
  }
  return finding(RULE, machine, {
    verdict: "fail",
    message: `entropy_avail on ${name} is ${bits} instead of 256.`,
    evidence,
    remedy:
      "Use an image with kernel 5.18 or newer, where the value is pinned to 256; on such a kernel a smaller value means " +
      "that the kernel's generator is not seeded yet, for want of a processor instruction or a virtio-rng device.",
  });
}
