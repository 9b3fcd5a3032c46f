import type { Finding, Subject } from "../model";
import { finding } from "./finding";
import { quoted } from "./text";

/** Where it is said that a cloud's certificate is not to be verified. */
type WrittenIn = "clouds.yaml" | "environment" | "openrc";

const REMEDIES: Readonly<Record<WrittenIn, string>> = {
  "clouds.yaml":
    "Remove verify: false (or insecure: true) from clouds.yaml, and name the cloud's own authority by cacert:",
  environment: "Unset OS_INSECURE, and name the cloud's own authority by OS_CACERT",
  openrc: "Remove OS_INSECURE from the openrc file, and name the cloud's own authority by OS_CACERT",
};

/** A warning that stands as long as a cloud's certificate is not verified; nothing when it is. */
export function judgeCertificate(
  cloud: Subject,
  { tls, writtenIn }: { readonly tls: { readonly verify: boolean }; readonly writtenIn: WrittenIn },
): Finding[] {
  if (tls.verify) return [];
  return [
    finding("cloud-certificate", cloud, {
      verdict: "fail",
      message:
        `The certificate of cloud ${quoted(cloud.name)} is not verified: anybody on the way may answer in its place, and ` +
        "read the password or the token.",
      remedy: `${REMEDIES[writtenIn]}. Then change the password: it may have been read.`,
    }),
  ];
}
