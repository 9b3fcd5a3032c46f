import type { Definition } from "../../model/definitions";
import { readAnsible } from "./ansible";
import { readFlavorManager } from "./flavor-manager";
import { readHeat } from "./heat";
import { readImageManager } from "./image-manager";
import { readKOrc } from "./k-orc";
import { readMappedYaml, type YamlMapping } from "./mapped-yaml";
import { parseYaml, rootsOf } from "./yaml-tree";

/**
 * The flavors and images that a YAML file defines, whatever system it is for; none in a file of another kind.
 * @param mappings what the user says of this file
 */
export async function readYamlDefinitions(
  file: string,
  text: string,
  mappings: readonly YamlMapping[],
  signal: AbortSignal,
): Promise<readonly Definition[]> {
  const roots = rootsOf(await parseYaml(file, text, signal));
  if (mappings.length > 0) return roots.flatMap((root) => mappings.flatMap((mapping) => readMappedYaml(root, mapping)));
  return roots.flatMap(
    (root) =>
      readFlavorManager(root) ?? readImageManager(root) ?? readHeat(root) ?? readKOrc(root) ?? readAnsible(root) ?? [],
  );
}
