import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { CloudEntry } from "./cloud-config";
import { cloudsFileUnreadable, openrcEmpty } from "./errors";
import { parseOpenrc } from "./openrc";
import { Secret } from "./secret";
import type { Settings } from "./settings";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that choose among clouds and their files, and are no cloud's own. */
const SELECTORS = new Set([
  "OS_CLOUD",
  "OS_REGION_NAME",
  "OS_CLIENT_CONFIG_FILE",
  "OS_CLIENT_SECURE_FILE",
  "OS_CLOUD_NAME",
]);
/** Variables of OpenStack's own tests. */
const OF_TESTS = /^OS_(TEST|STD|LOG)/;
/** Bytes of an openrc file that is read; Horizon's has about 2,000. */
const MOST_BYTES = 65_536;

/** What the cloud of the environment is called, as in openstacksdk. */
export function environmentCloudName(env: Environment): string {
  return env["OS_CLOUD_NAME"] || "envvars";
}

/** The cloud that the `OS_...` variables describe, as openstacksdk takes them; null when there are none. */
export function environmentCloud(env: Environment): CloudEntry | null {
  const variables = new Map(
    Object.entries(env).flatMap(([name, value]) =>
      name.startsWith("OS_") && !OF_TESTS.test(name) && value !== undefined ? [[name, value] as const] : [],
    ),
  );
  if ([...variables.keys()].every((name) => SELECTORS.has(name))) return null;
  return {
    name: environmentCloudName(env),
    definedAt: null,
    origin: { kind: "environment" },
    settings: new Secret(settingsOf(variables)),
  };
}

/**
 * The cloud that an openrc file describes, called as the file.
 * @param home the person's
 * @throws UserError when it cannot be read, or only running it would tell what it says
 */
export async function openrcCloud(file: string, home: string): Promise<CloudEntry> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw cloudsFileUnreadable(file, error instanceof Error && "code" in error ? String(error.code) : "unknown reason");
  }
  if (bytes.length > MOST_BYTES) throw openrcEmpty(file);
  const { variables, lines } = parseOpenrc(file, bytes.toString("utf8"), home);
  if (variables.size === 0) throw openrcEmpty(file);
  const line = lines.get("OS_AUTH_URL") ?? Math.min(...lines.values());
  return {
    name: basename(file),
    definedAt: { file, line },
    origin: { kind: "openrc", file },
    settings: new Secret(settingsOf(variables)),
  };
}

function settingsOf(variables: ReadonlyMap<string, string>): Settings {
  return new Map(Array.from(variables, ([name, value]) => [name.slice("OS_".length).toLowerCase(), value]));
}
