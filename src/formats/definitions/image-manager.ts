import type { Definition } from "../../model/definitions";
import { definitionOf, propertiesOf } from "./yaml-definition";
import { entriesOf, itemsOf, mapOf, valueAt, type YamlNode } from "./yaml-tree";

/**
 * The images of a file of openstack-image-manager; null if it is none. An image's `meta` holds for all its versions,
 * and a version's own `meta` is laid over it. https://github.com/osism/openstack-image-manager
 */
export function readImageManager(root: YamlNode): readonly Definition[] | null {
  const images = itemsOf(valueAt(root, "images")).filter(isImage);
  if (images.length === 0) return null;
  return images.flatMap((at): Definition[] => {
    const image = definitionOf({ system: "image-manager", resource: "image", at, label: "?", map: "meta" });
    return [image, ...versionsOf(at, image)];
  });
}

function isImage(at: YamlNode): boolean {
  const keys = new Set(entriesOf(at).map(({ key }) => key));
  return keys.has("name") && (keys.has("versions") || (keys.has("meta") && (keys.has("login") || keys.has("format"))));
}

/** Versions that say something else than their image does. */
function versionsOf(at: YamlNode, image: Definition): Definition[] {
  return itemsOf(valueAt(at, "versions")).flatMap((version): Definition[] => {
    const meta = mapOf(valueAt(version, "meta"));
    if (meta === null) return [];
    const { properties, valueQuote } = propertiesOf(meta.at);
    const own = properties.filter(({ key }) => key === "hw_rng_model");
    // what a version leaves out is its image's
    return own.length === 0 ? [] : [{ ...image, properties: own, place: null, valueQuote }];
  });
}
