import { homedir } from "node:os";
import { basename, dirname } from "node:path";
import { environmentCloud, openrcCloud } from "../formats/cloud-variables";
import {
  findCloudsYaml,
  readCloudsYaml,
  resolveCloud,
  type AskSecret,
  type CloudConfig,
  type CloudEntry,
  type CloudsFiles,
} from "../formats/clouds-yaml";
import { cloudsFileNotFound, cloudUnknown } from "../formats/errors";
import { isOpenrc, OF_ENVIRONMENT, type CloudItem } from "./items";

/** The places where clouds are looked for, besides those of the user and the site. */
export interface CloudPlaces {
  /** Folders that count as openstacksdk's current one. */
  readonly folders: readonly string[];
  /** clouds.yaml files named by the settings. */
  readonly files: readonly string[];
  /** openrc files of the workspace. */
  readonly openrc: readonly string[];
}

/** The clouds that can be checked, and the files that could not be read. */
export interface FoundClouds {
  readonly clouds: readonly CloudItem[];
  readonly problems: readonly { readonly file: string; readonly error: unknown }[];
  /** Folders in which a clouds.yaml was looked for. */
  readonly lookedIn: readonly string[];
}

/**
 * Lists the clouds of every clouds.yaml that can be found, openstacksdk's search once for each folder, that of the
 * `OS_...` variables that the editor was started with, and those of openrc files. No network.
 */
export async function findClouds({ folders, files, openrc }: CloudPlaces): Promise<FoundClouds> {
  const searches = [...folders.map((folder) => findCloudsYaml({ folders: [folder] })), ...files.map(filesBeside)];
  if (folders.length === 0) searches.push(findCloudsYaml({ folders: [] }));
  const found = new Map(searches.flatMap((s) => (s.clouds === null ? [] : [[s.clouds, s]])));
  const clouds: CloudItem[] = [];
  const problems: { file: string; error: unknown }[] = [];
  for (const [file, search] of found) {
    try {
      for (const { name } of await readCloudsYaml(search)) clouds.push({ kind: "cloud", name, file });
    } catch (error) {
      problems.push({ file, error });
    }
  }
  const ofEnvironment = environmentCloud(process.env);
  if (ofEnvironment !== null) clouds.push({ kind: "cloud", name: ofEnvironment.name, file: OF_ENVIRONMENT });
  clouds.push(...openrc.map(openrcItem));
  return { clouds, problems, lookedIn: [...new Set(searches.flatMap((s) => s.lookedAt.map((file) => dirname(file))))] };
}

/** The cloud that an openrc file describes. */
export function openrcItem(file: string): CloudItem {
  return { kind: "cloud", name: basename(file), file };
}

/**
 * Reads the cloud's files, or the environment, anew, so that a changed credential counts at once.
 * @throws UserError when the file or the entry is gone or incomplete
 */
export async function configOf(item: Omit<CloudItem, "kind">, askSecret: AskSecret): Promise<CloudConfig> {
  return resolveCloud(await entriesOf(item), item.name, askSecret);
}

async function entriesOf({ name, file }: Omit<CloudItem, "kind">): Promise<readonly CloudEntry[]> {
  if (file === OF_ENVIRONMENT) {
    const entry = environmentCloud(process.env);
    if (entry === null) throw cloudUnknown(name, []);
    return [entry];
  }
  if (isOpenrc(file)) return [await openrcCloud(file, homedir())];
  const files = filesBeside(file);
  if (files.clouds !== file) throw cloudsFileNotFound([file]);
  return readCloudsYaml(files);
}

/** A given clouds.yaml, with the secure.yaml and the profiles that go with it. */
function filesBeside(file: string): CloudsFiles {
  return findCloudsYaml({ folders: [dirname(file)], env: { ...process.env, OS_CLIENT_CONFIG_FILE: file } });
}
