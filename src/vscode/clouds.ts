import { dirname } from "node:path";
import { cloudsFileNotFound } from "../formats/errors";
import {
  findCloudsYaml,
  readCloudsYaml,
  resolveCloud,
  type CloudConfig,
  type CloudsFiles,
} from "../formats/clouds-yaml";
import type { AskSecret } from "../formats/clouds-yaml";
import type { CloudItem } from "./items";

/** The places where clouds are looked for, besides those of the user and the site. */
export interface CloudPlaces {
  /** Folders that count as openstacksdk's current one. */
  readonly folders: readonly string[];
  /** clouds.yaml files named by the settings. */
  readonly files: readonly string[];
}

/** The clouds that can be checked, and the files that could not be read. */
export interface FoundClouds {
  readonly clouds: readonly CloudItem[];
  readonly problems: readonly { readonly file: string; readonly error: unknown }[];
  /** Folders in which a clouds.yaml was looked for. */
  readonly lookedIn: readonly string[];
}

/** Lists the clouds of every clouds.yaml that can be found: openstacksdk's search once for each folder. No network. */
export async function findClouds({ folders, files }: CloudPlaces): Promise<FoundClouds> {
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
  return { clouds, problems, lookedIn: [...new Set(searches.flatMap((s) => s.lookedAt.map((file) => dirname(file))))] };
}

/**
 * Reads the cloud's files anew, so that a changed credential counts at once.
 * @throws UserError when the file or the entry is gone or incomplete
 */
export async function configOf({ name, file }: Omit<CloudItem, "kind">, askSecret: AskSecret): Promise<CloudConfig> {
  const files = filesBeside(file);
  if (files.clouds !== file) throw cloudsFileNotFound([file]);
  return resolveCloud(await readCloudsYaml(files), name, askSecret);
}

/** A given clouds.yaml, with the secure.yaml and the profiles that go with it. */
function filesBeside(file: string): CloudsFiles {
  return findCloudsYaml({ folders: [dirname(file)], env: { ...process.env, OS_CLIENT_CONFIG_FILE: file } });
}
