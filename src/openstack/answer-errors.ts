import { UserError } from "../errors";
import type { CloudAuth } from "../formats/cloud-auth";
import type { CloudConfig } from "../formats/cloud-config";
import { placeOf, settingAt, settingName, settingsAt, type CloudOrigin } from "../formats/cloud-origin";
import { isObject, textIn } from "../formats/json";
import { overrideKey, type Asked } from "./connection-errors";

/** What the errors need of an answer. */
export interface FailedAnswer extends Asked {
  readonly status: number;
  readonly json: unknown;
}

/** Longest text of a service that is quoted. */
const LONGEST_TEXT = 300;

/**
 * What the service itself says of its refusal; "" when it says nothing. Six shapes are in use: {"error": {...}} (Keystone,
 * token checks), {"forbidden": {...}} and its like (Nova), {"NeutronError": {...}}, {"computeFault": {...}},
 * {"message", "code", "title"} (Glance, middleware; HTML breaks inside), and no body at all.
 */
export function serviceMessage(json: unknown): string {
  if (!isObject(json)) return "";
  const inner = Object.values(json).find((value) => isObject(value) && textIn(value, "message") !== null);
  const message = textIn(json, "message") ?? (isObject(inner) ? textIn(inner, "message") : null) ?? "";
  const plain = message
    .replace(/<[^<>]*>/g, " ")
    .replace(/[\s\p{C}]+/gu, " ")
    .trim();
  return plain.length > LONGEST_TEXT ? `${plain.slice(0, LONGEST_TEXT)}…` : plain;
}

/** How Nova (403), Neutron (409) and Cinder (413) say that a quota is used up. */
const OVER_QUOTA = /\bquota exceeded|exceeds allowed\b.* quota|maximum number of \w+ .*exceeded/i;

/** The error for an answer that is no success. */
export function answerError(answer: FailedAnswer): UserError {
  const { service, status, origin } = answer;
  const said = serviceMessage(answer.json);
  const saying = said === "" ? "" : ` It says: ${said}`;
  const refusal = (code: string, what: string, remedy: string): UserError =>
    new UserError(`openstack-${code}`, `The ${service} service at ${answer.url} ${what} (${status}).${saying}`, remedy);
  if (status < 500 && OVER_QUOTA.test(said)) {
    return refusal(
      "quota",
      "refuses more than the project's quota",
      "Remove what the project no longer needs, or ask the operator for a higher quota.",
    );
  }
  switch (status) {
    case 401:
      return refusal(
        "token-refused",
        "refuses the token that the Identity service has just given",
        "If an application credential is used, its access rules may not allow this request; else the service cannot reach " +
          "the Identity service: try again later, and tell the operator if it stays.",
      );
    case 403:
      return refusal(
        "forbidden",
        "does not allow this to your role",
        "Use credentials with a role that may do it, or ask the operator.",
      );
    case 404:
      return refusal(
        "not-found",
        "does not know this address",
        service === "identity"
          ? `Check ${settingAt(origin, "auth_url")}: it names the Identity service, version 3, for example ` +
              "https://cloud.example:5000/v3"
          : `The catalog's address may be wrong: tell the operator, or set ${settingAt(origin, overrideKey(service))}.`,
      );
    case 406:
      return refusal("microversion", "does not speak the API version that it offers", "Tell the cloud's operator.");
    case 409:
      return refusal(
        "conflict",
        "cannot do this at the moment",
        "Something is still in use or in the making: try again in a minute.",
      );
    case 413:
      return refusal(
        "too-large",
        "finds the request too large",
        `Check that the secret ${placeOf(origin)} is a secret and not a whole file.`,
      );
    case 429:
      return refusal("rate-limited", "limits the number of requests", "Wait a minute and check again.");
    default:
      return status >= 500
        ? refusal(
            "unavailable",
            "is not available at the moment",
            "Try again later; if it stays, tell the cloud's operator.",
          )
        : refusal(
            "refused",
            "refuses the request",
            `Check the settings ${placeOf(origin)}, and what the service says.`,
          );
  }
}

/**
 * The error for a refused login. Keystone answers the same 401 to a wrong password, an unknown user, a project without a
 * role and an expired credential, so the remedy names them all.
 * @param method what was sent last
 */
export function loginRefused(
  { name, origin, auth }: Pick<CloudConfig, "name" | "origin" | "auth">,
  method: CloudAuth["method"],
  answer: FailedAnswer,
): UserError {
  if (answer.status === 404 && method === "application-credential" && isObject(answer.json)) {
    return new UserError(
      "openstack-unauthorized",
      `The application credential of cloud "${name}" does not exist (404).`,
      `Check ${settingAt(origin, "application_credential_id")}; a credential ends with its user, or when it is deleted. ` +
        NEW_CREDENTIAL,
    );
  }
  // Keystone does not find a token that is none, or is revoked; a wrong address answers no JSON
  const unknownToken = answer.status === 404 && method === "token" && isObject(answer.json);
  const trust = "scope" in auth && auth.scope.kind === "trust";
  // who is not its trustee is forbidden to use a trust
  const notTrusted = answer.status === 403 && trust;
  if (answer.status !== 401 && !unknownToken && !notTrusted) return answerError(answer);
  const { what, remedy } = LOGIN[method](origin, trust ? ofTrust(origin) : ofProject(origin));
  return new UserError("openstack-unauthorized", `Cloud "${name}" refuses ${what} (${answer.status}).`, remedy);
}

const NEW_CREDENTIAL = 'A new one is made with "openstack application credential create NAME".';

/** What a token was asked for. */
interface ScopeWords {
  readonly name: string;
  /** What must be so for it to be given. */
  readonly condition: string;
}

function ofProject(origin: CloudOrigin): ScopeWords {
  const project = `${settingName("project_name", origin)} of ${settingName("project_domain_name", origin)}`;
  return { name: "the project", condition: `the user has a role in ${project}` };
}

function ofTrust(origin: CloudOrigin): ScopeWords {
  const trust = settingName("trust_id", origin);
  return { name: "the trust", condition: `the user is the trustee of ${trust}, which may have ended or be used up` };
}

type Refusal = (origin: CloudOrigin, scope: ScopeWords) => { readonly what: string; readonly remedy: string };

const LOGIN: Readonly<Record<CloudAuth["method"], Refusal>> = {
  password: (origin, scope) => ({
    what: `the user name, the password or ${scope.name}`,
    remedy:
      `The cloud does not say which: check ${settingsAt(origin, ["username", "user_domain_name", "password"], "and")} (the ` +
      `password, as written or as entered, may have expired), and that ${scope.condition}.`,
  }),
  totp: (origin, scope) => ({
    what: `the user name, the passcode, the password or ${scope.name}`,
    remedy:
      "The cloud does not say which: a passcode is good for one login and half a minute, and only if the clock of the " +
      `device that shows it is right; check ${settingsAt(origin, ["username", "user_domain_name", "password"], "and")}, ` +
      `too, and that ${scope.condition}.`,
  }),
  token: (origin, scope) => ({
    what: `the token, or ${scope.name}`,
    remedy:
      `It has probably expired: write a new one into ${settingAt(origin, "token")}, as "openstack token issue" gives it, ` +
      `or use an application credential. If it has not, check that ${scope.condition}.`,
  }),
  "application-credential": (origin) => ({
    what: "the application credential",
    remedy:
      `The cloud does not say why: ${settingAt(origin, "application_credential_secret")} may be wrong, or the credential ` +
      `expired or deleted. ${NEW_CREDENTIAL}`,
  }),
};
