import type { Definition } from "../../model/definitions";
import { readAnsible } from "./ansible";
import { readFlavorManager } from "./flavor-manager";
import { readHeat } from "./heat";
import { readImageManager } from "./image-manager";
import { readMappedYaml, type YamlMapping } from "./mapped-yaml";
import { mayBeTerraform } from "./terraform";
import { parseYaml, rootsOf } from "./yaml-tree";

/** The language of a file, by its name; null for one that holds no definitions. */
export function languageOf(file: string): "terraform" | "yaml" | null {
  if (/\.(?:tf|tofu)$/i.test(file)) return "terraform";
  return /\.ya?ml$/i.test(file) ? "yaml" : null;
}

/** A first look: whether it is worth reading a YAML file. Every reader's own mark is in it. */
const YAML_MARKS =
  /heat_template_version|compute_flavor|os_nova_flavor|openstack\.cloud\.image|os_image|(?:openstack|os|nova|glance)_(?:flavor|image)|^(?:mandatory|recommended|images)\s*:/m;

export function mayBeDefinitions(file: string, text: string): boolean {
  const language = languageOf(file);
  if (language === "terraform") return mayBeTerraform(text);
  return language === "yaml" && YAML_MARKS.test(text);
}

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
  if (mappings.length === 0 && !mayBeDefinitions(file, text)) return [];
  const roots = rootsOf(await parseYaml(file, text, signal));
  if (mappings.length > 0) return roots.flatMap((root) => mappings.flatMap((mapping) => readMappedYaml(root, mapping)));
  return roots.flatMap(
    (root) => readFlavorManager(root) ?? readImageManager(root) ?? readHeat(root) ?? readAnsible(root) ?? [],
  );
}
