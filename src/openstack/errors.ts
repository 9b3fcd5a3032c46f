import { UserError } from "../errors";
import type { ServiceType } from "../formats/cloud-config";

/** Who was asked; `identity` is Keystone at auth_url, the others are in its catalog. */
export type Service = "identity" | ServiceType;

const NAMES: Readonly<Record<Service, string>> = {
  identity: "The Identity service",
  compute: "The Compute service",
  image: "The Image service",
};

/** Where the address of a service can be corrected. */
function addressRemedy(service: Service): string {
  return service === "identity"
    ? "Check auth_url in clouds.yaml"
    : `Its address comes from the cloud's catalog: check region_name and interface in clouds.yaml, or set ${service}_endpoint_override`;
}

// ------------------------------------------------------------------------------------- no answer at all

/** @param code the system's code, `ECONNREFUSED` */
export function unreachable(service: Service, url: string, code: string, cause: unknown): UserError {
  return new UserError(
    "openstack-unreachable",
    `${NAMES[service]} at ${url} cannot be reached: ${REASONS[code] ?? code}.`,
    `${addressRemedy(service)}, and that this computer can reach the cloud (network, VPN, proxy).`,
    { cause },
  );
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there (ECONNREFUSED)",
  ENOTFOUND: "the host name is unknown (ENOTFOUND)",
  EAI_AGAIN: "the host name could not be looked up (EAI_AGAIN)",
  ETIMEDOUT: "it did not answer in time (ETIMEDOUT)",
  EHOSTUNREACH: "there is no way to the host (EHOSTUNREACH)",
  ENETUNREACH: "there is no way to the network (ENETUNREACH)",
  ECONNRESET: "the connection was cut (ECONNRESET)",
};

export function timedOut(service: Service, url: string, seconds: number): UserError {
  return new UserError(
    "openstack-timeout",
    `${NAMES[service]} at ${url} did not answer within ${seconds} s.`,
    "Try again later; if the cloud is slow, set api_timeout (seconds) for it in clouds.yaml.",
  );
}

/** @param code Node's code for what is wrong with the certificate, or with TLS itself */
export function tlsFailed(url: string, code: string, cause: unknown): UserError {
  const host = new URL(url).host;
  const { what, remedy } = TLS_FAILURES.get(code) ?? {
    what: `TLS with ${host} failed`,
    remedy: "Check that the address is right, https: and not http:, and the certificates named in clouds.yaml.",
  };
  return new UserError("openstack-tls", `${what.replace("HOST", host)} (${code}).`, remedy, { cause });
}

const UNTRUSTED = {
  what: "The certificate of HOST is signed by nobody that this computer trusts",
  remedy:
    "If the cloud has its own certificate authority, save its certificate as PEM and name it with cacert: in clouds.yaml. " +
    "verify: false turns the check off, and lets anyone in between read the password.",
};
const WRONG_TIME = {
  what: "The certificate of HOST is expired or not valid yet",
  remedy: "Check this computer's clock; if it is right, the cloud's operator must renew the certificate.",
};
const NOT_TLS = {
  what: "HOST does not speak TLS",
  remedy: "The address begins with https:, but the server speaks plain HTTP: correct the address or its port.",
};

const TLS_FAILURES: ReadonlyMap<string, { readonly what: string; readonly remedy: string }> = new Map([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", UNTRUSTED],
  ["SELF_SIGNED_CERT_IN_CHAIN", UNTRUSTED],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", UNTRUSTED],
  ["UNABLE_TO_GET_ISSUER_CERT", UNTRUSTED],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", UNTRUSTED],
  ["CERT_HAS_EXPIRED", WRONG_TIME],
  ["CERT_NOT_YET_VALID", WRONG_TIME],
  [
    "ERR_TLS_CERT_ALTNAME_INVALID",
    {
      what: "The certificate of HOST is for another host name",
      remedy:
        "Use the host name that the certificate is made for in auth_url, or have the certificate renewed with this one.",
    },
  ],
  ["EPROTO", NOT_TLS],
  ["ERR_SSL_WRONG_VERSION_NUMBER", NOT_TLS],
]);

/** Whether a code tells of TLS rather than of the network. */
export function isTlsCode(code: string): boolean {
  return TLS_FAILURES.has(code) || /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH)/.test(code);
}

export function tlsFileUnusable(key: "cacert" | "cert" | "key", file: string | null, reason: string): UserError {
  return new UserError(
    "openstack-tls-file",
    `The ${key} of the cloud, ${file ?? "which is not set"}, cannot be used (${reason}).`,
    `Correct ${key} in clouds.yaml: it is the path of a PEM file, relative to the folder of clouds.yaml. A client ` +
      "certificate needs both cert and key.",
  );
}

// --------------------------------------------------------------------------- an answer, but no OpenStack

export function redirected(service: Service, url: string, target: string): UserError {
  return new UserError(
    "openstack-redirected",
    `${NAMES[service]} at ${url} sends on to ${target}, where credentials are not taken along.`,
    service === "identity"
      ? "If that is the cloud's address, write it into auth_url in clouds.yaml."
      : `${addressRemedy(service)}.`,
  );
}

export function answerTooLarge(service: Service, url: string, bytes: number): UserError {
  return new UserError(
    "openstack-answer-too-large",
    `${NAMES[service]} at ${url} answered more than ${bytes} bytes.`,
    `${addressRemedy(service)}: this is hardly an OpenStack API.`,
  );
}

/** @param what what was looked for and not found in the answer */
export function notOpenStack(service: Service, url: string, what: string): UserError {
  return new UserError(
    "openstack-unexpected-answer",
    `What answers at ${url} does not look like an OpenStack ${service} API: ${what}.`,
    `${addressRemedy(service)}; a proxy or a login page may stand in between.`,
  );
}

export function paginationLoop(service: Service, url: string): UserError {
  return new UserError(
    "openstack-endless-pages",
    `${NAMES[service]} at ${url} lists the same page again and again.`,
    "Tell the cloud's operator; nothing was judged from the list, because it may be incomplete.",
  );
}

// --------------------------------------------------------------------------------------- the catalog

/** @param offers what the catalog has, `compute public RegionOne` */
export function endpointMissing(service: ServiceType, wanted: string, offers: readonly string[]): UserError {
  return new UserError(
    "openstack-no-endpoint",
    `The cloud's catalog has no ${wanted} endpoint for ${service}. It has: ${offers.join(", ") || "nothing"}.`,
    offers.length === 0
      ? "The token is for no project, so its catalog is empty: add project_name (and project_domain_name) to clouds.yaml."
      : `Correct region_name or interface in clouds.yaml, or set ${service}_endpoint_override.`,
  );
}
