import { UserError } from "../errors";
import type { CloudAuth } from "../formats/cloud-auth";
import type { ServiceType } from "../formats/cloud-config";

/** Who was asked; `identity` is Keystone at auth_url, the others are in its catalog. */
export type Service = "identity" | ServiceType;

const NAMES: Readonly<Record<Service, string>> = {
  identity: "The Identity service",
  compute: "The Compute service",
  image: "The Image service",
  network: "The Network service",
  "block-storage": "The Block Storage service",
};

/** Where the address of a service can be corrected. */
function addressRemedy(service: Service): string {
  return service === "identity"
    ? "Check auth_url in clouds.yaml"
    : `Its address comes from the cloud's catalog: check region_name and interface in clouds.yaml, or set ${overrideKey(service)}`;
}

/** The key of clouds.yaml that takes the place of a catalog's address. */
export function overrideKey(service: ServiceType): string {
  return `${service.replace("-", "_")}_endpoint_override`;
}

// ------------------------------------------------------------------------------------- no answer at all

/** The system's or Node's code for what is wrong, `ECONNREFUSED`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown reason";
}

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
  const alert = /\balert number (\d+)/.exec(cause instanceof Error ? cause.message : "")?.[1];
  const { what, remedy } = (CLIENT_ALERTS.has(Number(alert)) ? CLIENT_UNKNOWN : TLS_FAILURES.get(code)) ?? {
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
const CLIENT_UNKNOWN = {
  what: "HOST asks for a certificate of ours, and does not take what it is shown",
  remedy:
    "Name a certificate that its operator has given you, and its key, by cert and key in clouds.yaml (OS_CERT, OS_KEY); it " +
    "may have expired.",
};
/**
 * The alerts by which a server turns a client's certificate away, or that it shows none (RFC 8446 6.2):
 * handshake_failure, those of certificates, unknown_ca, certificate_required.
 */
const CLIENT_ALERTS: ReadonlySet<number> = new Set([40, 42, 43, 44, 45, 46, 48, 116]);
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

// ------------------------------------------------------------------------------------------ probe servers

export function noPublicImage(): UserError {
  return new UserError(
    "openstack-no-public-image",
    "The cloud shows no public image that is active, and SCS-0101 asks for at least one.",
    "Name an image of the project: --image NAME.",
  );
}

export function imageNotFound(name: string): UserError {
  return new UserError(
    "openstack-image-not-found",
    `No active image is called "${name}".`,
    "Look at openstack image list; * and ? stand for any characters and for one.",
  );
}

export function flavorNotFound(name: string): UserError {
  return new UserError(
    "openstack-flavor-not-found",
    `No flavor is called "${name}".`,
    "Look at openstack flavor list, or leave the choice to Entropy Check.",
  );
}

export function noFittingFlavor(image: string, volumes: boolean): UserError {
  return new UserError(
    "openstack-no-fitting-flavor",
    `No flavor is large enough for the image "${image}"${volumes ? "" : ", and the cloud has no volumes to boot from"}.`,
    "Check the image's min_ram and min_disk, or name a flavor: --flavor NAME.",
  );
}

export function networkNotFound(name: string): UserError {
  return new UserError(
    "openstack-network-not-found",
    `No network is called "${name}".`,
    "Look at openstack network list, or leave it out: then a network is made for the run and deleted after it.",
  );
}

export function noExternalNetwork(): UserError {
  return new UserError(
    "openstack-no-external-network",
    "The cloud shows no external network, so a server of a network of its own cannot be reached over SSH.",
    "Name a network that this computer reaches (--network NAME), or check over the console (--by console).",
  );
}

export function consoleUnsupported(): UserError {
  return new UserError(
    "openstack-no-console",
    "The cloud does not show the consoles of its servers.",
    "Check over SSH instead: --by ssh.",
  );
}

/** @param lastLine of the console */
export function serverSilent(name: string, seconds: number, lastLine: string): UserError {
  const last = excerpt(lastLine);
  return new UserError(
    "openstack-server-silent",
    `The server ${name} did not run the check within ${Math.round(seconds)} s; ` +
      (last === "" ? "its console is empty." : `the last line of its console is "${last}".`),
    "The image may have no cloud-init, or starts slowly: give it more time (--timeout), or check over SSH (--by ssh).",
  );
}

/** @param fault what Nova says */
export function serverFailed(name: string, fault: string | null): UserError {
  const said = fault === null || fault.trim() === "" ? "Nova does not say why" : `Nova says: ${fault.trim()}`;
  return /no valid host/i.test(said)
    ? new UserError(
        "openstack-no-valid-host",
        `No host of the cloud takes the server ${name}: ${said}`,
        "The cloud is full, or no host fits the flavor: choose another flavor (--flavor), or ask the operator.",
      )
    : new UserError(
        "openstack-server-failed",
        `The server ${name} could not be started: ${said}`,
        "Ask the operator, who sees the whole reason (openstack server show); or choose another flavor or image.",
      );
}

export function volumeFailed(name: string, status: string): UserError {
  return new UserError(
    "openstack-volume-failed",
    `The volume ${name} could not be made from the image: its status is ${status}.`,
    "The image may be larger than the volume, or the storage is full: choose a flavor with a disk, or ask the operator.",
  );
}

/** @param what what was waited for */
export function waitedTooLong(what: string, seconds: number): UserError {
  return new UserError(
    "openstack-waited-too-long",
    `${what} did not come to an end within ${Math.round(seconds)} s.`,
    "Give it more time (--timeout), or look at what the cloud is doing.",
  );
}

/** @param place the file or folder */
export function journalUnwritable(place: string, cause: unknown): UserError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown reason";
  return new UserError(
    "openstack-journal",
    `The journal ${place} cannot be written (${code}), and without one nothing is made in a cloud.`,
    "Make room on the disk, or set XDG_STATE_HOME to a folder that you may write to.",
    { cause },
  );
}

export function noAddress(server: string): UserError {
  return new UserError(
    "openstack-no-address",
    `The server ${server} has no address at which it can be reached.`,
    "Name a network that this computer reaches (--network NAME), or check over the console (--by console).",
  );
}

/** @param run its id */
export function otherProject(cloud: string, run: string): UserError {
  return new UserError(
    "openstack-other-project",
    `The entry ${cloud} of clouds.yaml leads to another project than when the run ${run} made things there.`,
    "Let the entry lead to that project again, then run entropy-check clean-up.",
  );
}

/** Something that was being made is gone. */
export function vanished(what: string): UserError {
  return new UserError(
    "openstack-vanished",
    `${what} is gone: somebody else has deleted it.`,
    "Run the check again, while nobody cleans up the project.",
  );
}

/** What a server says, on one printable line of bounded length. */
function excerpt(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, LONGEST_EXCERPT);
}

const LONGEST_EXCERPT = 120;

// --------------------------------------------------------------------------------------- the catalog

/**
 * @param wanted interface and region, `public RegionOne`
 * @param offers what the catalog has, `compute public RegionOne`
 */
export function endpointMissing(
  service: ServiceType,
  wanted: string,
  auth: CloudAuth,
  offers: readonly string[],
): UserError {
  const unscoped = "scope" in auth && auth.scope.kind === "unscoped";
  return new UserError(
    "openstack-no-endpoint",
    `The cloud's catalog has no ${wanted} endpoint for ${service}. It has: ${offers.join(", ") || "nothing"}.`,
    offers.length > 0
      ? `Correct region_name or interface in clouds.yaml, or set ${overrideKey(service)}.`
      : unscoped
        ? "The token is for no project, so its catalog is empty: add project_name (and project_domain_name) to clouds.yaml."
        : `The token's catalog is empty: check project_name in clouds.yaml, or set ${overrideKey(service)}.`,
  );
}

/** @param asked the microversion that the settings name @param oldest that the server speaks @param newest likewise */
export function microversionUnspoken(asked: string, oldest: string, newest: string): UserError {
  return new UserError(
    "openstack-microversion-unspoken",
    `The Compute service does not speak ${asked}, the microversion that the settings ask for, but ${oldest} to ${newest}.`,
    "Correct compute_default_microversion or compute_api_version (OS_COMPUTE_API_VERSION), or leave it out: then one is " +
      "chosen that the service speaks.",
  );
}

/** Somebody must type a passcode, and nobody did. */
export function passcodeMissing(cloud: string): UserError {
  return new UserError(
    "openstack-passcode-missing",
    `Cloud "${cloud}" asks for a passcode, as an authenticator app shows it, and none was given.`,
    "Run the check where it can ask for the passcode: in the editor or at a terminal. Where nobody can be asked, use an " +
      "application credential (openstack application credential create entropy-check), if the operator lets your user in " +
      "by one alone.",
  );
}

/** @param missing the methods that each of the user's rules still asks for */
export function moreFactorsWanted(cloud: string, missing: readonly (readonly string[])[]): UserError {
  const wanted = missing.map((methods) => excerpt(methods.join(" and "))).join(", or ") || "it does not say what";
  return new UserError(
    "openstack-more-factors",
    `Cloud "${cloud}" accepts the login only together with more: ${wanted}.`,
    "Supported are a password and a passcode (totp). The way out is an application credential, if the operator lets your " +
      'user in by one alone: multi_factor_auth_rules with ["application_credential"].',
  );
}

/** A server can be made in a project only. */
export function projectNeeded(cloud: string): UserError {
  return new UserError(
    "openstack-project-needed",
    `The login to cloud "${cloud}" is for no project, and servers are made in one.`,
    "Add project_name (and project_domain_name) to clouds.yaml in place of system_scope or domain_name.",
  );
}
