import type { Definition } from "../../model/definitions";
import { definitionOf } from "./yaml-definition";
import { entriesOf, itemsOf, mapOf, spanOf, valueAt, type YamlNode } from "./yaml-tree";

/** What the user says of YAML files of their own. */
export interface YamlMapping {
  readonly resource: Definition["resource"];
  /** The way to each flavor or image: keys with dots between them, `*` for every one; empty for the document itself. */
  readonly items: string;
  /** The key of the extra specs or properties in each; from the top of the document when it begins with `$.`. */
  readonly properties: string;
}

/** The flavors or images of a file as the user's setting describes it. */
export function readMappedYaml(root: YamlNode, mapping: YamlMapping): readonly Definition[] {
  const { resource, items, properties } = mapping;
  const steps = items === "" ? [] : items.split(".");
  const fromTop = properties.startsWith("$.");
  const map = fromTop ? properties.slice(2) : properties;
  return walk({ at: root, label: "?", labelAt: null }, steps).map(({ at, label, labelAt }) => {
    const subject = { system: "mapped-yaml", resource, label, map, ...(labelAt === null ? {} : { labelAt }) } as const;
    const own = definitionOf({ ...subject, at });
    if (!fromTop) return own;
    const { name } = own;
    return { ...definitionOf({ ...subject, at: root }), name };
  });
}

interface Found {
  readonly at: YamlNode;
  readonly label: string;
  readonly labelAt: ReturnType<typeof spanOf> | null;
}

function walk(from: Found, steps: readonly string[]): readonly Found[] {
  const step = steps.at(0);
  const rest = steps.slice(1);
  if (step === undefined) return mapOf(from.at) === null ? [] : [from];
  if (step !== "*") {
    const at = valueAt(from.at, step);
    return at === null ? [] : walk({ ...from, at }, rest);
  }
  const entries = entriesOf(from.at).flatMap(({ key, keyNode, value }) =>
    value === null ? [] : [{ at: value, label: key, labelAt: spanOf(keyNode) }],
  );
  const items = itemsOf(from.at).map((at) => ({ ...from, at }));
  return [...entries, ...items].flatMap((found) => walk(found, rest));
}
