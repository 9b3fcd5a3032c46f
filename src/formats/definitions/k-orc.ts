import type { Definition } from "../../model/definitions";
import { definitionOf } from "./yaml-definition";
import { plainText, spanOf, valueAt, type YamlNode } from "./yaml-tree";

/** What Glance calls `hw_rng_model` has another name here. */
const SPELLING = { hw_rng_model: "rngModel" } as const;

/**
 * The image that a Kubernetes resource of the OpenStack Resource Controller makes; null if the document is none of its
 * own. One that is imported has no `resource:` and is somebody else's. https://k-orc.cloud
 */
export function readKOrc(root: YamlNode): readonly Definition[] | null {
  if (plainText(valueAt(root, "apiVersion"))?.startsWith("openstack.k-orc.cloud/") !== true) return null;
  const resource = valueAt(valueAt(root, "spec"), "resource");
  if (plainText(valueAt(root, "kind")) !== "Image" || resource === null) return [];
  const name = valueAt(resource, "name") ?? valueAt(valueAt(root, "metadata"), "name");
  const labelAt = name === null ? {} : { labelAt: spanOf(name) };
  const subject = { system: "k-orc", resource: "image", label: plainText(name) ?? "?", ...labelAt } as const;
  const properties = valueAt(resource, "properties");
  // without `properties:` more than one entry is missing
  if (properties === null) return [{ ...definitionOf({ ...subject, at: resource, map: "properties" }), place: null }];
  const found = definitionOf({ ...subject, at: properties, map: "hardware" });
  const known = found.properties.map((property) =>
    property.key === SPELLING.hw_rng_model ? { ...property, key: "hw_rng_model" } : property,
  );
  return [{ ...found, properties: known, spelling: SPELLING }];
}
