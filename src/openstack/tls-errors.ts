import { UserError } from "../errors";
import { settingAt, settingName, settingsAt, type CloudOrigin } from "../formats/cloud-origin";
import { addressRemedy, type Asked } from "./connection-errors";

interface TlsFailure {
  readonly what: string;
  readonly remedy: (asked: Asked) => string;
}

/** @param code Node's code for what is wrong with the certificate, or with TLS itself */
export function tlsFailed(asked: Asked, code: string, cause: unknown): UserError {
  const { host } = new URL(asked.url);
  const alert = /\balert number (\d+)/.exec(cause instanceof Error ? cause.message : "")?.[1];
  const { what, remedy } = (CLIENT_ALERTS.has(Number(alert)) ? CLIENT_UNKNOWN : TLS_FAILURES.get(code)) ?? FAILED;
  return new UserError("openstack-tls", `${what.replace("HOST", host)} (${code}).`, remedy(asked), { cause });
}

const FAILED: TlsFailure = {
  what: "TLS with HOST failed",
  remedy: ({ origin }) =>
    "Check that the address is right, https: and not http:, and the certificates that are named by " +
    `${settingsAt(origin, ["cacert", "cert", "key"], "and")}.`,
};
const UNTRUSTED: TlsFailure = {
  what: "The certificate of HOST is signed by nobody that this computer trusts",
  remedy: ({ origin }) =>
    "If the cloud has its own certificate authority, save its certificate as PEM and name it by " +
    `${settingAt(origin, "cacert")}. ${unverified(origin)} turns the check off, and lets anyone in between read the password.`,
};
const WRONG_TIME: TlsFailure = {
  what: "The certificate of HOST is expired or not valid yet",
  remedy: () => "Check this computer's clock; if it is right, the cloud's operator must renew the certificate.",
};
const CLIENT_UNKNOWN: TlsFailure = {
  what: "HOST asks for a certificate of ours, and does not take what it is shown",
  remedy: ({ origin }) =>
    "Name a certificate that its operator has given you, and its key, by " +
    `${settingsAt(origin, ["cert", "key"], "and")}; it may have expired.`,
};
/**
 * The alerts by which a server turns a client's certificate away, or that it shows none (RFC 8446 6.2):
 * handshake_failure, those of certificates, unknown_ca, certificate_required.
 */
const CLIENT_ALERTS: ReadonlySet<number> = new Set([40, 42, 43, 44, 45, 46, 48, 116]);
const NOT_TLS: TlsFailure = {
  what: "HOST does not speak TLS",
  remedy: (asked) => `The address begins with https:, but the server speaks plain HTTP. ${addressRemedy(asked)}.`,
};
const OTHER_NAME: TlsFailure = {
  what: "The certificate of HOST is for another host name",
  remedy: (asked) =>
    `Use the host name that the certificate is made for, or have it renewed with this one. ${addressRemedy(asked)}.`,
};

const TLS_FAILURES: ReadonlyMap<string, TlsFailure> = new Map([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", UNTRUSTED],
  ["SELF_SIGNED_CERT_IN_CHAIN", UNTRUSTED],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", UNTRUSTED],
  ["UNABLE_TO_GET_ISSUER_CERT", UNTRUSTED],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", UNTRUSTED],
  ["CERT_HAS_EXPIRED", WRONG_TIME],
  ["CERT_NOT_YET_VALID", WRONG_TIME],
  ["ERR_TLS_CERT_ALTNAME_INVALID", OTHER_NAME],
  ["EPROTO", NOT_TLS],
  ["ERR_SSL_WRONG_VERSION_NUMBER", NOT_TLS],
]);

/** Whether a code tells of TLS rather than of the network. */
export function isTlsCode(code: string): boolean {
  return TLS_FAILURES.has(code) || /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH)/.test(code);
}

/** @param file null: none is named */
export function tlsFileUnusable(
  key: "cacert" | "cert" | "key",
  file: string | null,
  reason: string,
  origin: CloudOrigin,
): UserError {
  const folder = origin.kind === "environment" ? "the current folder" : "the folder of that file";
  return new UserError(
    "openstack-tls-file",
    `The ${settingName(key, origin)} of the cloud, ${file ?? "which is not set"}, cannot be used (${reason}).`,
    `Correct ${settingAt(origin, key)}: it is the path of a PEM file, relative to ${folder}. A client certificate needs ` +
      `both ${settingName("cert", origin)} and ${settingName("key", origin)}.`,
  );
}

/** How it is said that a certificate is not to be verified. */
function unverified(origin: CloudOrigin): string {
  return origin.kind === "clouds.yaml" ? "verify: false" : `${settingName("insecure", origin)}=true`;
}
