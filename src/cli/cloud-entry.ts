import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { defaultCloud, readClouds } from "../formats/cloud-entries";
import { openrcCloud } from "../formats/cloud-variables";
import {
  entryNamed,
  findCloudsYaml,
  resolveCloud,
  type AskSecret,
  type CloudConfig,
  type CloudEntry,
} from "../formats/clouds-yaml";
import { theOnly, type Terminal } from "./command";

export const CLOUD_USAGE = `NAME is an entry of clouds.yaml, which is looked for as openstacksdk does: the file that OS_CLIENT_CONFIG_FILE names,
the current folder, ~/.config/openstack, /etc/openstack; secure.yaml beside it. It may also be envvars, which is what the
OS_... variables of the environment describe (OS_CLOUD_NAME calls it otherwise), or an openrc file, which is read and not
run. Without it: the cloud of OS_CLOUD, else envvars, else the only entry. OS_REGION_NAME chooses among the regions.
`;

/** Every cloud that can be named here: those of clouds.yaml, and that of the environment. @throws UserError */
export function cloudEntries({ cwd, env, home }: Terminal): Promise<readonly CloudEntry[]> {
  return readClouds(findCloudsYaml({ folders: [cwd], env, home }), env);
}

/**
 * A cloud, with its secrets asked for where they are missing.
 * @param name an entry, or an openrc file; null: the one that is meant without saying
 * @param region null: that of OS_REGION_NAME, else the entry's own choice
 * @throws UserError
 */
export async function cloudEntry(
  name: string | null,
  terminal: Terminal,
  region: string | null = null,
  askSecret = secretsAt(terminal),
): Promise<CloudConfig> {
  const { env } = terminal;
  const entry = await namedEntry(name, terminal);
  const chosen = env["OS_REGION_NAME"] || null;
  // the variables and openrc files have it among their own
  if (region !== null || chosen === null || entry.origin.kind !== "clouds.yaml")
    return resolveCloud([entry], entry.name, askSecret, region);
  const origin = { ...entry.origin, regionOfEnvironment: true } as const;
  return resolveCloud([{ ...entry, origin }], entry.name, askSecret, chosen);
}

/** Asks for secrets at the terminal; undefined where nobody can be asked. */
export function secretsAt({ ask }: Terminal): AskSecret | undefined {
  if (ask === null) return undefined;
  return ({ key, cloud, again }) => {
    const prompt = again
      ? `next ${key} for cloud ${cloud} (each is good for one login, and the one before is used up):`
      : `${key} for cloud ${cloud}:`;
    return ask({ prompt, hidden: true });
  };
}

async function namedEntry(name: string | null, terminal: Terminal): Promise<CloudEntry> {
  const file = name === null ? null : openrcFile(name, terminal);
  if (file !== null) return openrcCloud(file, terminal.home);
  const entries = await cloudEntries(terminal);
  return entryNamed(entries, name ?? defaultCloud(entries, terminal.env));
}

/** The path of an openrc file, if that is what names a cloud; null for the name of an entry. */
export function openrcFile(name: string, { cwd }: Terminal): string | null {
  const file = resolve(cwd, name);
  return /[/\\]/.test(name) || (/openrc|rc$|\.sh$/i.test(name) && existsSync(file)) ? file : null;
}

/** The one cloud that a command names, if it names any. @throws UserError for more than one */
export function namedCloud(positionals: readonly string[], command: string): string | null {
  return positionals.length === 0 ? null : theOnly(positionals, "cloud", command);
}
