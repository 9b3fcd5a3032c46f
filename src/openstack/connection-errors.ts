import { UserError } from "../errors";
import { settingAt, settingName, settingsAt, type CloudOrigin } from "../formats/cloud-origin";
import type { ServiceType } from "../formats/service-choices";

/** Who was asked; `identity` is Keystone at auth_url, the others are in its catalog. */
export type Service = "identity" | ServiceType;

/** Whom a request is for, and where the settings are that lead there. */
export interface Asked {
  readonly service: Service;
  /** Without the query. */
  readonly url: string;
  readonly origin: CloudOrigin;
}

const NAMES: Readonly<Record<Service, string>> = {
  identity: "The Identity service",
  compute: "The Compute service",
  image: "The Image service",
  network: "The Network service",
  "block-storage": "The Block Storage service",
};

const told = ({ service, url }: Asked): string => `${NAMES[service]} at ${url}`;

/** Where the address of a service can be corrected. No full stop. */
export function addressRemedy({ service, origin }: Asked): string {
  return service === "identity"
    ? `Check ${settingAt(origin, "auth_url")}`
    : `Its address comes from the cloud's catalog: check ${settingsAt(origin, ["region_name", "interface"], "and")}, or ` +
        `set ${settingName(overrideKey(service), origin)} there`;
}

/** The setting that takes the place of a catalog's address. */
export function overrideKey(service: ServiceType): string {
  return `${service.replace("-", "_")}_endpoint_override`;
}

// ------------------------------------------------------------------------------------- no answer at all

/** The system's or Node's code for what is wrong, `ECONNREFUSED`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown reason";
}

/** @param code the system's code, `ECONNREFUSED` */
export function unreachable(asked: Asked, code: string, cause: unknown): UserError {
  return new UserError(
    "openstack-unreachable",
    `${told(asked)} cannot be reached: ${REASONS[code] ?? code}.`,
    `${addressRemedy(asked)}, and that this computer can reach the cloud (network, VPN, proxy).`,
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

export function timedOut(asked: Asked, seconds: number): UserError {
  return new UserError(
    "openstack-timeout",
    `${told(asked)} did not answer within ${seconds} s.`,
    `Try again later; if the cloud is slow, set ${settingAt(asked.origin, "api_timeout")}, in seconds.`,
  );
}

// --------------------------------------------------------------------------- an answer, but no OpenStack

export function redirected(asked: Asked, target: string): UserError {
  return new UserError(
    "openstack-redirected",
    `${told(asked)} sends on to ${target}, where credentials are not taken along.`,
    asked.service === "identity"
      ? `If that is the cloud's address, write it into ${settingAt(asked.origin, "auth_url")}.`
      : `${addressRemedy(asked)}.`,
  );
}

export function answerTooLarge(asked: Asked, bytes: number): UserError {
  return new UserError(
    "openstack-answer-too-large",
    `${told(asked)} answered more than ${bytes} bytes.`,
    `${addressRemedy(asked)}: this is hardly an OpenStack API.`,
  );
}

/** @param what what was looked for and not found in the answer */
export function notOpenStack(asked: Asked, what: string): UserError {
  return new UserError(
    "openstack-unexpected-answer",
    `What answers at ${asked.url} does not look like an OpenStack ${asked.service} API: ${what}.`,
    `${addressRemedy(asked)}; a proxy or a login page may stand in between.`,
  );
}

export function paginationLoop(asked: Asked): UserError {
  return new UserError(
    "openstack-endless-pages",
    `${told(asked)} lists the same page again and again.`,
    "Tell the cloud's operator; nothing was judged from the list, because it may be incomplete.",
  );
}
