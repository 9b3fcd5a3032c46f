import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { FileLocation } from "../model";
import { regionNames } from "./cloud-regions";
import { withUnderscores } from "./cloud-settings";
import { cloudConfig, type AskSecret, type CloudConfig, type CloudEntry } from "./cloud-config";
import { cloudsFileNotFound, cloudsFileUnreadable, cloudUnknown } from "./errors";
import { Secret } from "./secret";
import { isSettings, mergeSettings, parseSettings, type Settings, type SettingsFile } from "./settings";

export type { AskSecret, CloudConfig, CloudEntry } from "./cloud-config";

/** Where to look. What is left out is this process's own. */
export interface CloudsSearch {
  /** The folders that count as the current one: the working directory, or the workspace's folders, in order. */
  readonly folders: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
  readonly platform?: NodeJS.Platform;
}

/** The files that were found: the first of its kind in each case. */
export interface CloudsFiles {
  readonly clouds: string | null;
  /** secure.yaml, laid over clouds.yaml. */
  readonly secure: string | null;
  /** clouds-public.yaml, which holds the profiles. */
  readonly profiles: string | null;
  /** Every path that was tried for clouds.yaml, in order. */
  readonly lookedAt: readonly string[];
}

/**
 * Finds the files as openstacksdk does: the file that `OS_CLIENT_CONFIG_FILE` names, if it exists, then clouds.yaml,
 * .yml or .json in the current folder, the user's and the site's configuration folder. Same for secure.yaml, and where
 * there is none, it may also lie beside the clouds.yaml, as people expect of one that `OS_CLIENT_CONFIG_FILE` names.
 * https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
 */
export function findCloudsYaml(search: CloudsSearch): CloudsFiles {
  const env = search.env ?? process.env;
  const folders = configFolders(search, env);
  const places = (name: string, override?: string, last: readonly string[] = []): string[] => [
    ...(override ? [override] : []),
    ...[...folders, ...last].flatMap((folder) => [".yaml", ".yml", ".json"].map((end) => join(folder, name + end))),
  ];
  const firstOf = (files: readonly string[]): string | null => files.find((file) => existsSync(file)) ?? null;
  const lookedAt = places("clouds", env["OS_CLIENT_CONFIG_FILE"]);
  const clouds = firstOf(lookedAt);
  return {
    clouds,
    secure: firstOf(places("secure", env["OS_CLIENT_SECURE_FILE"], clouds === null ? [] : [dirname(clouds)])),
    profiles: firstOf(places("clouds-public")),
    lookedAt,
  };
}

function configFolders(search: CloudsSearch, env: NonNullable<CloudsSearch["env"]>): readonly string[] {
  const home = search.home ?? homedir();
  const user = join(home, ".config", "openstack");
  switch (search.platform ?? process.platform) {
    case "win32": {
      const local = env["LOCALAPPDATA"];
      return [...search.folders, ...(local ? [join(local, "OpenStack", "openstack")] : []), user];
    }
    case "darwin":
      return [
        ...search.folders,
        join(home, "Library", "Application Support", "openstack"),
        user,
        "/Library/Application Support/openstack",
        "/etc/openstack",
      ];
    default: {
      const site = (env["XDG_CONFIG_DIRS"] || "/etc/xdg").split(delimiter).filter((folder) => folder !== "");
      return [
        ...search.folders,
        ...(env["XDG_CONFIG_HOME"] ? [join(env["XDG_CONFIG_HOME"], "openstack")] : []),
        user,
        ...site.map((folder) => join(folder, "openstack")),
        "/etc/openstack",
      ];
    }
  }
}

/**
 * Reads every cloud, with secure.yaml laid deep over clouds.yaml, and both over the profile that the cloud names.
 * Variables in the files are not expanded, as openstacksdk does not expand them either.
 * @throws UserError when there is no clouds.yaml, or a file cannot be read, is not YAML, or has no `clouds:`
 */
export async function readCloudsYaml(files: CloudsFiles): Promise<readonly CloudEntry[]> {
  const file = files.clouds;
  if (file === null) throw cloudsFileNotFound(files.lookedAt);
  const clouds = await readSettings(file, "clouds");
  const secure = files.secure === null ? null : await readSettings(files.secure, "clouds");
  const profiles = files.profiles === null ? null : await readSettings(files.profiles, "public-clouds");
  const merged = secure === null ? clouds.entries : mergeSettings(clouds.entries, secure.entries);
  return Array.from(merged, ([name, value]) => {
    const own: Settings = isSettings(value) ? value : new Map();
    const profile = profiles?.entries.get(profileOf(own) ?? "");
    return {
      name,
      definedAt: location(name, file, clouds) ?? location(name, files.secure, secure),
      origin: {
        kind: "clouds.yaml",
        cloud: name,
        files: files.secure !== null && secure?.entries.has(name) === true ? [file, files.secure] : [file],
      },
      settings: new Secret(isSettings(profile) ? mergeSettings(profile, own) : own),
    };
  });
}

function profileOf(settings: Settings): string | null {
  const profile = settings.get("profile") ?? settings.get("cloud");
  return typeof profile === "string" ? profile : null;
}

function location(name: string, file: string | null, settings: SettingsFile | null): FileLocation | null {
  const line = settings?.lines.get(name);
  return file === null || line === undefined ? null : { file, line };
}

async function readSettings(file: string, topKey: string): Promise<SettingsFile> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw cloudsFileUnreadable(file, error instanceof Error && "code" in error ? String(error.code) : "unknown reason");
  }
  return parseSettings(file, text, topKey);
}

/** The regions that an entry names, in order; empty: it leaves them to the catalog. */
export function regionsOf(entry: CloudEntry): readonly string[] {
  return regionNames(withUnderscores(entry.settings.reveal()));
}

/**
 * What one cloud's entry means, ready to connect.
 * @param askSecret asked for a secret that no file holds; without it such a cloud is an error
 * @param region one of `regionsOf`, or any that the catalog has if that is empty; null: the entry's own choice
 * @throws UserError when there is no such cloud or region, or its entry is incomplete or not supported
 */
export async function resolveCloud(
  entries: readonly CloudEntry[],
  name: string,
  askSecret?: AskSecret,
  region: string | null = null,
): Promise<CloudConfig> {
  const entry = entryNamed(entries, name);
  return cloudConfig(entry, entry.settings.reveal(), region, askSecret);
}

/** @throws UserError that lists the clouds that there are */
export function entryNamed(entries: readonly CloudEntry[], name: string): CloudEntry {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  const names = entries.map((candidate) => candidate.name);
  throw cloudUnknown(name, names);
}
