import { UserError } from "../errors";
import type { CloudConfig } from "../formats/cloud-config";
import { placeOf, settingAt, settingName, settingsAt, type CloudOrigin } from "../formats/cloud-origin";
import type { ServiceType } from "../formats/service-choices";
import { overrideKey } from "./connection-errors";

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
export function otherProject({ origin }: CloudConfig, run: string): UserError {
  return new UserError(
    "openstack-other-project",
    `The login ${placeOf(origin)} leads to another project than when the run ${run} made things there.`,
    "Let it lead to that project again, then run entropy-check clean-up.",
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
  { auth, origin }: CloudConfig,
  offers: readonly string[],
): UserError {
  const unscoped = "scope" in auth && auth.scope.kind === "unscoped";
  const override = settingName(overrideKey(service), origin);
  return new UserError(
    "openstack-no-endpoint",
    `The cloud's catalog has no ${wanted} endpoint for ${service}. It has: ${offers.join(", ") || "nothing"}.`,
    offers.length > 0
      ? `Correct ${settingsAt(origin, ["region_name", "interface"], "or")}, or set ${override} there.`
      : unscoped
        ? `The token is for no project, so its catalog is empty. ${aProject(origin)}.`
        : `The token's catalog is empty: check ${settingAt(origin, "project_name")}, or set ${override} there.`,
  );
}

/** @param most the microversion that the settings name @param oldest that the server speaks @param newest likewise */
export function microversionUnspoken(most: string, oldest: string, newest: string, origin: CloudOrigin): UserError {
  return new UserError(
    "openstack-microversion-unspoken",
    `The Compute service does not speak ${most}, the microversion that the settings ask for, but ${oldest} to ${newest}.`,
    `Correct ${settingsAt(origin, ["compute_default_microversion", "compute_api_version"], "or")}, or leave it out: then ` +
      "one is chosen that the service speaks.",
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
export function projectNeeded({ name, origin }: CloudConfig): UserError {
  const instead = `in place of ${settingName("system_scope", origin)} or ${settingName("domain_name", origin)}`;
  return new UserError(
    "openstack-project-needed",
    `The login to cloud "${name}" is for no project, and servers are made in one.`,
    `${aProject(origin)}, ${instead}.`,
  );
}

function aProject(origin: CloudOrigin): string {
  return `Set ${settingsAt(origin, ["project_name", "project_domain_name"], "and")}`;
}
