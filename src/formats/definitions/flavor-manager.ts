import type { Definition } from "../../model/definitions";
import { flatDefinitionOf } from "./yaml-definition";
import { entriesOf, itemsOf, valueAt, type YamlNode } from "./yaml-tree";

/** The lists of flavors; `reference` beside them says what the fields mean. */
const LISTS = ["mandatory", "recommended"];

/**
 * The flavors of a file of openstack-flavor-manager; null if it is none. A key with a colon in it is an extra spec.
 * https://github.com/osism/openstack-flavor-manager
 */
export function readFlavorManager(root: YamlNode): readonly Definition[] | null {
  const flavors = LISTS.flatMap((list) => itemsOf(valueAt(root, list))).filter(isFlavor);
  if (flavors.length === 0) return null;
  return flavors.map((at) =>
    flatDefinitionOf({ system: "flavor-manager", resource: "flavor", at, label: "?" }, (key) => key.includes(":")),
  );
}

function isFlavor(at: YamlNode): boolean {
  const keys = new Set(entriesOf(at).map(({ key }) => key));
  return keys.has("name") && (keys.has("cpus") || keys.has("ram"));
}
