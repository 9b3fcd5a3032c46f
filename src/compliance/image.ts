import type { CloudObservations, Finding, Image, Subject } from "../model";
import { finding, unmeasured } from "./finding";
import { quoted, shellOperand } from "./text";

const RULE = "scs-0101-image-property";
const PROPERTY = "hw_rng_model";
const REQUIRED = "virtio";

/** SCS-0101 w1, Warnings: "any image missing the attribute `hw_rng_model: virtio`". One finding an image. */
export function judgeImages(cloud: Subject, observation: CloudObservations["images"]): Finding[] {
  if (observation.status === "unmeasured") {
    return [unmeasured(RULE, cloud, `The images of cloud ${quoted(cloud.name)}`, observation)];
  }
  if (observation.value.length === 0) {
    return [
      finding(RULE, cloud, {
        verdict: "inconclusive",
        message: `Cloud ${quoted(cloud.name)} lists no images, so none was checked.`,
        remedy: "Check that the project can see at least one image (openstack image list).",
      }),
    ];
  }
  return observation.value.map(judgeImage);
}

function judgeImage(image: Image): Finding {
  const subject: Subject = { kind: "image", id: image.id, name: image.name };
  const name = quoted(image.name);
  const value = Object.hasOwn(image.properties, PROPERTY) ? image.properties[PROPERTY] : undefined;
  const evidence = [
    { label: PROPERTY, value: value ?? "not set" },
    { label: "visibility", value: image.visibility },
  ];
  if (value === REQUIRED) {
    return finding(RULE, subject, { verdict: "pass", message: `Image ${name} has ${PROPERTY}=virtio.`, evidence });
  }
  return finding(RULE, subject, {
    verdict: "fail",
    message: imageShortcoming(name, value),
    evidence,
    remedy: `openstack image set --property ${PROPERTY}=virtio ${shellOperand(image.id)}`,
  });
}

/** @param name quoted @param value undefined when it is not set */
export function imageShortcoming(name: string, value: string | undefined): string {
  return value === undefined
    ? `Image ${name} lacks ${PROPERTY}=virtio.`
    : `Image ${name} has ${PROPERTY}=${quoted(value)} instead of virtio.`;
}
