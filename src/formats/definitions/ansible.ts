import { isScalar } from "yaml";
import type { Definition } from "../../model/definitions";
import { definitionOf } from "./yaml-definition";
import { entriesOf, itemsOf, mapOf, plainText, spanOf, valueAt, type YamlNode } from "./yaml-tree";

const FLAVOR = { resource: "flavor", map: "extra_specs" } as const;
const IMAGE = { resource: "image", map: "properties" } as const;

/** The modules' names, old ones too. https://docs.ansible.com/ansible/latest/collections/openstack/cloud/ */
const MODULES = new Map<string, typeof FLAVOR | typeof IMAGE>([
  ["openstack.cloud.compute_flavor", FLAVOR],
  ["os_nova_flavor", FLAVOR],
  ["openstack.cloud.image", IMAGE],
  ["os_image", IMAGE],
]);

/** Keywords of plays and blocks that hold tasks. */
const TASKS = ["tasks", "pre_tasks", "post_tasks", "handlers", "block", "rescue", "always"];

/**
 * Variables that roles for flavors and images take, a list or one by one: `openstack_flavors`, `os_images`,
 * `openstack_flavor_m1_tiny`.
 */
const VARIABLE = /^(?:openstack|os|nova|glance)_(flavor|image)s?(?:_|$)/;

/** Deeper nesting of blocks is not looked into. */
const DEEPEST = 20;

/** The flavors and images of a playbook, a file of tasks or a file of variables; null if the document is none of these. */
export function readAnsible(root: YamlNode): readonly Definition[] | null {
  const definitions = mapOf(root) === null ? tasksOf(root, 0) : variablesOf(root);
  return definitions.length > 0 ? definitions : null;
}

function tasksOf(list: YamlNode | null, depth: number): readonly Definition[] {
  if (depth > DEEPEST) return [];
  return itemsOf(list).flatMap((task) =>
    entriesOf(task).flatMap(({ key, value }): readonly Definition[] => {
      const kind = MODULES.get(key);
      if (kind !== undefined) return value === null ? [] : moduleOf(kind, value, task);
      if (TASKS.includes(key)) return tasksOf(value, depth + 1);
      return key === "vars" ? variablesOf(value) : [];
    }),
  );
}

function moduleOf(kind: typeof FLAVOR | typeof IMAGE, at: YamlNode, task: YamlNode): readonly Definition[] {
  // `module: name=x ram=1` and modules of a template are not looked into; what is to go needs no property
  if (mapOf(at) === null || plainText(valueAt(at, "state")) === "absent") return [];
  return [definitionOf({ system: "ansible", ...kind, at, label: plainText(valueAt(task, "name")) ?? "?" })];
}

function variablesOf(vars: YamlNode | null): readonly Definition[] {
  return entriesOf(vars).flatMap(({ key, keyNode, value }): readonly Definition[] => {
    const kind = VARIABLE.exec(key)?.[1];
    if (kind === undefined) return [];
    const shape = kind === "flavor" ? FLAVOR : IMAGE;
    return [value, ...itemsOf(value)].flatMap((at): Definition[] => {
      if (at === null || isScalar(at.node) || !hasShape(at, shape)) return [];
      return [definitionOf({ system: "ansible", ...shape, at, label: key, labelAt: spanOf(keyNode) })];
    });
  });
}

/** A variable is named anything; a flavor has memory and processors, an image comes from somewhere. */
function hasShape(at: YamlNode, { resource }: typeof FLAVOR | typeof IMAGE): boolean {
  const keys = new Set(entriesOf(at).map(({ key }) => key));
  if (!keys.has("name")) return false;
  if (resource === "flavor") return keys.has("ram") && keys.has("vcpus");
  return ["properties", "image_url", "elements", "filename", "disk_format", "type"].some((key) => keys.has(key));
}
