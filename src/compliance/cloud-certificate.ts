import type { Finding, Subject } from "../model";
import { finding } from "./finding";
import { quoted } from "./text";

/** What is said of a cloud's certificate, and where. */
interface Certificate {
  readonly tls: { readonly verify: boolean };
  readonly origin:
    | { readonly kind: "clouds.yaml"; readonly files: readonly string[] }
    | { readonly kind: "environment" }
    | { readonly kind: "openrc"; readonly file: string };
}

/** A warning that stands as long as a cloud's certificate is not verified; nothing when it is. */
export function judgeCertificate(cloud: Subject, { tls, origin }: Certificate): Finding[] {
  if (tls.verify) return [];
  return [
    finding("cloud-certificate", cloud, {
      verdict: "fail",
      message:
        `The certificate of cloud ${quoted(cloud.name)} is not verified: anybody on the way may answer in its place, and ` +
        "read the password or the token.",
      remedy: `${verified(cloud.name, origin)}. Then change the password: it may have been read.`,
    }),
  ];
}

function verified(cloud: string, origin: Certificate["origin"]): string {
  switch (origin.kind) {
    case "clouds.yaml":
      return (
        `Remove verify: false (or insecure: true) from ${quoted(cloud)} in ${origin.files.join(" and ")}, and name the ` +
        "cloud's own authority by cacert:"
      );
    case "environment":
      return "Unset OS_INSECURE (OS_VERIFY), and name the cloud's own authority by OS_CACERT";
    case "openrc":
      return `Remove OS_INSECURE (OS_VERIFY) from ${origin.file}, and name the cloud's own authority by OS_CACERT`;
  }
}
