import { ownerOf, type CloudAuth } from "../formats/cloud-auth";
import type { CloudConfig } from "../formats/cloud-config";
import { withoutFinalSlashes } from "../formats/endpoint-url";
import { isObject, listIn, objectIn, textIn, type JsonObject } from "../formats/json";
import { Secret } from "../formats/secret";
import { answerError, loginRefused } from "./answer-errors";
import { authBody, firstFactors, missingFactor } from "./auth-body";
import { parseCatalog, type CatalogEndpoint } from "./catalog";
import { notOpenStack } from "./connection-errors";
import { passcodeMissing } from "./errors";
import type { HttpAnswer, HttpClient } from "./http";

/** What a login gave. */
export interface IdentityToken {
  readonly token: Secret;
  /** The project that the token is for; null when it is for none. */
  readonly project: string | null;
  readonly catalog: readonly CatalogEndpoint[];
  /** When it ends, milliseconds since 1970; NaN when the cloud does not say. */
  readonly until: number;
}

/** Logs in. @throws UserError */
export type LogIn = (cloud: CloudConfig, http: HttpClient, signal: AbortSignal) => Promise<IdentityToken>;

/** What came of an attempt to log in, before it is said of which cloud. */
export type LoginAttempt =
  | {
      readonly kind: "answered";
      readonly answer: HttpAnswer;
      /** Whether somebody has typed a passcode for it. */
      readonly typed: boolean;
    }
  | { readonly kind: "no-passcode" };

/**
 * The logins for which somebody was asked a passcode, by what they were made with: a run logs in several times, at its
 * end perhaps with nobody there to ask.
 */
const passcodeLogins = new WeakMap<CloudAuth, IdentityToken>();
/** Milliseconds that must be left of a login for it to be used again. */
const LONG_ENOUGH = 60_000;

/** Logs in to Keystone v3. @throws UserError */
export async function authenticate(cloud: CloudConfig, http: HttpClient, signal: AbortSignal): Promise<IdentityToken> {
  const made = passcodeLogins.get(cloud.auth);
  if (made !== undefined && isGood(made)) return made;
  const attempt = await attemptLogin(cloud, http, signal);
  const login = accepted(cloud, attempt);
  if (attempt.kind === "answered" && attempt.typed) passcodeLogins.set(cloud.auth, login);
  return login;
}

/** Whether enough is left of a login to begin something with it. */
export function isGood(login: IdentityToken): boolean {
  return login.until - LONG_ENOUGH > Date.now();
}

/**
 * Asks Keystone for a token. A user who needs a second factor is given a receipt for the first, and the passcode is asked
 * for.
 * https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 * https://docs.openstack.org/keystone/latest/admin/multi-factor-authentication.html
 * @throws UserError when there is no answer, or it wants what is not supported
 */
export async function attemptLogin(cloud: CloudConfig, http: HttpClient, signal: AbortSignal): Promise<LoginAttempt> {
  const url = `${await identityV3(cloud.authUrl, http, signal)}/auth/tokens`;
  const post = (auth: unknown, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> =>
    http.send({ service: "identity", method: "POST", url, headers, body: { auth } }, signal);

  const asksFirst = cloud.auth.method === "totp" && cloud.auth.passcode === null;
  const passcode = asksFirst ? await askPasscode(cloud) : null;
  if (asksFirst && passcode === null) return { kind: "no-passcode" };
  const first = await post(authBody(cloud.auth, firstFactors(cloud.auth, passcode)));
  const receipt = first.status === 401 ? first.headers["openstack-auth-receipt"] : undefined;
  if (typeof receipt !== "string") return { kind: "answered", answer: first, typed: asksFirst };
  const factor = await missingFactor(cloud, first.json, () => askPasscode(cloud));
  if (factor === null) return { kind: "no-passcode" };
  const answer = await post(authBody(cloud.auth, [factor]), { "openstack-auth-receipt": receipt });
  return { kind: "answered", answer, typed: true };
}

/** The login that an attempt has given. @throws UserError when it has given none, of this cloud */
export function accepted(cloud: CloudConfig, attempt: LoginAttempt): IdentityToken {
  if (attempt.kind === "no-passcode") throw passcodeMissing(cloud.name);
  const { answer, typed } = attempt;
  if (answer.status !== 201 && answer.status !== 200) {
    throw loginRefused(cloud, typed ? "totp" : cloud.auth.method, answer);
  }
  const token = answer.headers["x-subject-token"];
  if (typeof token !== "string" || token === "" || !isObject(answer.json)) {
    throw notOpenStack(answer, "it accepts the login and gives no token");
  }
  const body = objectIn(answer.json, "token");
  const project = textIn(objectIn(body, "project"), "id");
  const until = Date.parse(textIn(body, "expires_at") ?? "");
  return { token: new Secret(token), project, catalog: parseCatalog(body), until };
}

/** null when nobody types one. */
async function askPasscode(cloud: CloudConfig): Promise<Secret | null> {
  const { auth } = cloud;
  const user = auth.method === "password" || auth.method === "totp" ? auth.user : null;
  const typed = await cloud.askPasscode?.(user === null ? null : ownerOf(user), false);
  const passcode = typed?.replace(/\s/g, "") ?? "";
  return passcode === "" ? null : new Secret(passcode);
}

/**
 * The address of the v3 API. An address without a version is asked for its versions; of the link there, which behind a
 * proxy may name another host, only the path counts.
 * https://docs.openstack.org/api-ref/identity/v3/#list-versions
 */
async function identityV3(authUrl: string, http: HttpClient, signal: AbortSignal): Promise<string> {
  if (/\/v3$/.test(authUrl)) return authUrl;
  const root = authUrl.replace(/\/v2\.0$/, "");
  const answer = await http.send({ service: "identity", method: "GET", url: `${root}/` }, signal);
  if (answer.status !== 300 && answer.status !== 200) throw answerError(answer);
  const versions = isObject(answer.json) ? listIn(objectIn(answer.json, "versions"), "values") : [];
  const v3 = versions.filter(isObject).find((version) => textIn(version, "id")?.startsWith("v3"));
  const href = v3 === undefined ? null : selfLink(v3);
  if (href === null || !URL.canParse(href, root)) throw notOpenStack(answer, "it offers no version 3");
  return new URL(root).origin + withoutFinalSlashes(new URL(href, root).pathname);
}

/** The address that a version document gives itself. */
export function selfLink(version: JsonObject): string | null {
  const self = listIn(version, "links")
    .filter(isObject)
    .find((link) => textIn(link, "rel") === "self");
  return self === undefined ? null : textIn(self, "href");
}
