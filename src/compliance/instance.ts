import type { Evidence, Finding, HwrngState, MachineObservations, Subject } from "../model";
import type { Instance, LeftBehind } from "../model/instance";
import { finding, unmeasured } from "./finding";
import { quoted } from "./text";

const DEVICE = "probe-rng-device";
const CLEAN_UP = "probe-clean-up";

/**
 * Whether a server has the generator that its flavor and its image promise. They may differ: since Nova 21 a server has
 * one unless its flavor denies it, whatever its image says.
 */
export function judgeDevice(subject: Subject, instance: Instance<MachineObservations>): Finding {
  const { image, flavor, observations } = instance;
  const name = quoted(image.name);
  const { hwrng } = observations;
  if (flavor === null || hwrng.status === "unmeasured") {
    const reason = hwrng.status === "unmeasured" ? hwrng : null;
    return reason === null
      ? finding(DEVICE, subject, { verdict: "inconclusive", message: `No server of ${name} was made.` })
      : unmeasured(DEVICE, subject, `The random number generator of a server of ${name}`, reason);
  }
  const has = hasDevice(hwrng.value);
  const made = `A server of image ${name} and flavor ${quoted(flavor.name)}`;
  const evidence = evidenceOf(instance, hwrng.value);
  if (has) {
    const denied = flavor.allowsRng === false ? ", although the flavor's hw_rng:allowed denies it" : "";
    const unasked = image.rngModel === null ? ", although the image has no hw_rng_model" : "";
    const message = `${made} has a random number generator (${hwrng.value.current ?? "present"})${denied || unasked}.`;
    return finding(DEVICE, subject, { verdict: "pass", message, evidence });
  }
  if (flavor.allowsRng === false) {
    return finding(DEVICE, subject, {
      verdict: "fail",
      message: `${made} has no random number generator: the flavor's hw_rng:allowed denies it.`,
      evidence,
      remedy: `openstack flavor set --property hw_rng:allowed=True ${flavor.id}`,
    });
  }
  return finding(DEVICE, subject, {
    verdict: "fail",
    message: `${made} has no random number generator, although nothing denies it.`,
    evidence,
    remedy:
      image.rngModel === null
        ? `openstack image set --property hw_rng_model=virtio ${image.id}`
        : "Ask the operator whether the hosts offer virtio-rng, and whether the image's kernel has its driver.",
  });
}

function hasDevice({ current, available }: HwrngState): boolean {
  return available.length > 0 || (current !== null && current !== "none" && current !== "");
}

function evidenceOf({ image, flavor, volume }: Instance<MachineObservations>, hwrng: HwrngState): Evidence[] {
  const allowed = flavor?.allowsRng ?? null;
  return [
    { label: "image's hw_rng_model", value: image.rngModel ?? "not set" },
    { label: "flavor's hw_rng:allowed", value: allowed === null ? "not set" : allowed ? "true" : "false" },
    { label: "hw_random", value: hwrng.current ?? "not there" },
    { label: "booted from", value: volume === null ? "the image" : `a volume of ${volume} GiB` },
  ];
}

/** What a run could not delete: one finding each, or one that says that nothing is left. */
export function judgeCleanUp(cloud: Subject, leftBehind: readonly LeftBehind[]): Finding[] {
  if (leftBehind.length === 0) {
    const message = `Nothing that was made in cloud ${quoted(cloud.name)} is left behind.`;
    return [finding(CLEAN_UP, cloud, { verdict: "pass", message })];
  }
  return leftBehind.map(({ kind, name, id, reason, command }) =>
    finding(CLEAN_UP, cloud, {
      verdict: "fail",
      message:
        id === null
          ? `The ${kind} ${name} may be left in cloud ${quoted(cloud.name)}: ${reason}`
          : `The ${kind} ${name} is left in cloud ${quoted(cloud.name)}: ${reason}`,
      evidence: [
        { label: "id", value: id ?? "not known" },
        { label: "by hand", value: command },
      ],
      remedy: `${command}  (or later: entropy-check clean-up)`,
    }),
  );
}
