import type { Definition } from "../../model/definitions";
import { definitionOf } from "./yaml-definition";
import { entriesOf, entryAt, plainText, spanOf, valueAt, type YamlNode } from "./yaml-tree";

/** The resource types, and the property that holds the map. https://docs.openstack.org/heat/latest/template_guide/openstack.html */
const TYPES = new Map([
  ["OS::Nova::Flavor", { resource: "flavor", map: "extra_specs" }],
  ["OS::Glance::Image", { resource: "image", map: "extra_properties" }],
  ["OS::Glance::WebImage", { resource: "image", map: "extra_properties" }],
] as const);

/** The flavors and images of a Heat template (HOT); null if the document is none. */
export function readHeat(root: YamlNode): readonly Definition[] | null {
  if (entryAt(root, "heat_template_version") === null) return null;
  return entriesOf(valueAt(root, "resources")).flatMap(({ key, keyNode, value }): Definition[] => {
    const type = plainText(valueAt(value, "type"));
    const kind = [...TYPES].find(([name]) => name === type)?.[1];
    const properties = valueAt(value, "properties");
    if (kind === undefined || properties === null) return [];
    return [definitionOf({ system: "heat", ...kind, at: properties, label: key, labelAt: spanOf(keyNode) })];
  });
}
