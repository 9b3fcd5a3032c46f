import { environmentCloud, environmentCloudName, type Environment } from "./cloud-variables";
import type { CloudEntry } from "./cloud-config";
import { readCloudsYaml, type CloudsFiles } from "./clouds-yaml";
import { cloudNotChosen, cloudTwice } from "./errors";

/**
 * Every cloud that can be named: those of clouds.yaml, and that of the `OS_...` variables, which needs no file.
 * @throws UserError as `readCloudsYaml`, and when both have a cloud of the same name
 */
export async function readClouds(files: CloudsFiles, env: Environment): Promise<readonly CloudEntry[]> {
  const ofEnvironment = environmentCloud(env);
  if (ofEnvironment === null) return readCloudsYaml(files);
  const ofFile = files.clouds === null ? [] : await readCloudsYaml(files);
  if (ofFile.some(({ name }) => name === ofEnvironment.name)) throw cloudTwice(ofEnvironment.name);
  return [...ofFile, ofEnvironment];
}

/**
 * The cloud that is meant when none is named, as openstacksdk chooses: that of `OS_CLOUD`, else that of the variables,
 * else the only one.
 * @throws UserError when there are several
 */
export function defaultCloud(entries: readonly CloudEntry[], env: Environment): string {
  if (env["OS_CLOUD"]) return env["OS_CLOUD"];
  const ofEnvironment = entries.find(({ origin }) => origin.kind === "environment");
  if (ofEnvironment !== undefined) return environmentCloudName(env);
  const only = entries.length === 1 ? entries.at(0) : undefined;
  if (only === undefined) throw cloudNotChosen(entries.map(({ name }) => name));
  return only.name;
}
