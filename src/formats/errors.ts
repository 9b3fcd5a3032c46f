import { dirname, join } from "node:path";
import { UserError } from "../errors";
import {
  howToWrite,
  isRegionOfEnvironment,
  settingAt,
  settingName,
  settingsAt,
  type CloudOrigin,
} from "./cloud-origin";

const REFERENCE = "https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html";

/** @param lookedAt every path that was tried, in order */
export function cloudsFileNotFound(lookedAt: readonly string[]): UserError {
  return new UserError(
    "formats-clouds-yaml-not-found",
    `No clouds.yaml was found. Looked at: ${lookedAt.join(", ")}.`,
    "Put a clouds.yaml into the folder or into ~/.config/openstack, or set OS_CLIENT_CONFIG_FILE to its path; most " +
      "clouds offer the file for download (Horizon: API Access).",
  );
}

/** @param reason the system's code, `EACCES` */
export function cloudsFileUnreadable(file: string, reason: string): UserError {
  return new UserError(
    "formats-clouds-yaml-unreadable",
    `${file} cannot be read (${reason}).`,
    "Check that it is a file and that you may read it.",
  );
}

/** @param line 1-based @param column 1-based @param what the kind of mistake, never the file's text */
export function cloudsFileInvalid(file: string, line: number, column: number, what: string): UserError {
  return new UserError(
    "formats-clouds-yaml-invalid",
    `${file} is not valid YAML at line ${line}, column ${column} (${what}).`,
    "Mend that line. YAML is indented by spaces, never by tabs, and values with : or # in them need quotation marks.",
  );
}

/** What no line can be named for. */
export function cloudsFileUnusable(file: string): UserError {
  return new UserError(
    "formats-clouds-yaml-unusable",
    `${file} cannot be taken in: it is too long or nested too deeply, its aliases multiply, or a merge key (<<) names no mapping.`,
    "Check that it is a clouds.yaml; write it out without such aliases and merges.",
  );
}

export function cloudsMappingMissing(file: string, topKey: string): UserError {
  return new UserError(
    "formats-clouds-yaml-no-clouds",
    `${file} has no ${topKey}: mapping at its top.`,
    `Name each cloud below a ${topKey}: key. The format: ${REFERENCE}`,
  );
}

/** @param line 0-based; null: none can be named @param what what cannot be read, never the file's text */
export function openrcUnreadable(file: string, line: number | null, what: string): UserError {
  return new UserError(
    "formats-openrc-unreadable",
    `${file} cannot be read as an openrc file: ${line === null ? "it" : `line ${line + 1}`} has ${what}.`,
    "openrc files are read and never run: write that line as export OS_NAME='value'. Or run the file in a shell yourself " +
      '(". FILE") and check the cloud "envvars", which is that shell\'s environment.',
  );
}

export function openrcEmpty(file: string): UserError {
  return new UserError(
    "formats-openrc-empty",
    `${file} sets no variable of OpenStack, so it is no openrc file.`,
    "Horizon offers the right one for download: API Access, OpenStack RC File. It has lines like export OS_AUTH_URL=...",
  );
}

/** @param names the clouds that exist */
export function cloudUnknown(name: string, names: readonly string[]): UserError {
  return new UserError(
    "formats-cloud-unknown",
    `There is no cloud "${name}".`,
    names.length === 0
      ? "Add it to clouds.yaml, below clouds:."
      : `Choose one of: ${names.join(", ")}; or add it to clouds.yaml.`,
  );
}

/** @param regions those that the cloud lists */
export function regionUnknown(
  cloud: string,
  region: string,
  regions: readonly string[],
  origin: CloudOrigin,
): UserError {
  const choose = isRegionOfEnvironment(origin) ? `Set ${settingAt(origin, "region_name")} to` : "Choose";
  return new UserError(
    "formats-region-unknown",
    `Cloud "${cloud}" has no region "${region}".`,
    `${choose} one of: ${regions.join(", ")}; or add it to ${settingAt(origin, "regions")}. Case matters.`,
  );
}

/** @param names the clouds that there are */
export function cloudNotChosen(names: readonly string[]): UserError {
  return new UserError(
    "formats-cloud-not-chosen",
    names.length === 0 ? "clouds.yaml names no cloud." : `Which cloud? There are several: ${names.join(", ")}.`,
    "Name one, or set OS_CLOUD to its name.",
  );
}

/** @param name of a cloud in clouds.yaml, and of that of the environment */
export function cloudTwice(name: string): UserError {
  return new UserError(
    "formats-cloud-twice",
    `There are two clouds "${name}": one in clouds.yaml, and the one of the OS_ variables of the environment.`,
    "Rename one of them: the environment's is called as OS_CLOUD_NAME says.",
  );
}

/** @param key `auth`, `auth_url`, `username` @param hint what to write there */
export function cloudSettingMissing(cloud: string, key: string, hint: string): UserError {
  return new UserError("formats-cloud-setting-missing", `Cloud "${cloud}" has no ${key}.`, hint);
}

/** @param expected what the value should be; the value itself is not shown, it may hold a secret */
export function cloudSettingInvalid(cloud: string, key: string, expected: string, origin: CloudOrigin): UserError {
  const name = settingName(key, origin);
  return new UserError(
    "formats-cloud-setting-invalid",
    `The ${name} of cloud "${cloud}" is not ${expected}.`,
    `Correct ${settingAt(origin, key)}.${origin.kind === "clouds.yaml" ? ` The format: ${REFERENCE}` : ""}`,
  );
}

/** @param key the secret's key, `password` */
export function cloudSecretMissing(cloud: string, key: string, origin: CloudOrigin): UserError {
  return new UserError(
    "formats-cloud-secret-missing",
    `Cloud "${cloud}" has no ${settingName(key, origin)}.`,
    `${howToWrite([key], secretly(origin))} Or enter it when asked.`,
  );
}

/** @param key the secret's key, `password` */
export function cloudSecretEmpty(cloud: string, key: string, origin: CloudOrigin): UserError {
  return new UserError(
    "formats-cloud-secret-empty",
    `The ${settingName(key, origin)} of cloud "${cloud}" is empty.`,
    `Give ${settingAt(origin, key)} its value, or unset it to be asked for it.`,
  );
}

/** @param kind what such a login rests on; null: nobody knows the auth_type */
export function authTypeUnsupported(
  cloud: string,
  authType: string,
  kind: string | null,
  origin: CloudOrigin,
): UserError {
  const by = settingName("auth_type", origin);
  const entry = origin.kind === "clouds.yaml" && /^[\w.-]+$/.test(cloud) ? `--os-cloud ${cloud} ` : "";
  const [id, secret] = ["application_credential_id", "application_credential_secret"] as const;
  return new UserError(
    "formats-auth-type-unsupported",
    `Cloud "${cloud}" uses ${by} "${authType}"${kind === null ? "" : ` (${kind})`}, which is not supported.`,
    `The way out is an application credential: log in as usual, run "openstack ${entry}application credential create ` +
      'entropy-check" (or in Horizon: Identity, Application Credentials), and put what it gives into ' +
      `${settingsAt(origin, [id, secret], "and")}, with ${by}: v3applicationcredential. ` +
      `Supported are ${SUPPORTED.join(", ")}.`,
  );
}

const SUPPORTED = [
  ...["password", "v3password", "token", "v3token", "v3applicationcredential"],
  ...["v3totp", "v3multifactor (v3password, v3totp)"],
] as const;

/** Secrets are better kept in the file that is made for them. */
function secretly(origin: CloudOrigin): CloudOrigin {
  if (origin.kind !== "clouds.yaml") return origin;
  const [clouds, secure = join(dirname(clouds), "secure.yaml")] = origin.files;
  return { ...origin, files: [secure] };
}
