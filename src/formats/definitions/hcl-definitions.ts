import type {
  DefinedProperty,
  DefinedValue,
  Definition,
  DefinitionSystem,
  EntryPlace,
  TextSpan,
} from "../../model/definitions";
import { parseHcl } from "./hcl";
import type { HclBlock, HclExpression } from "./hcl-syntax";
import { evaluateHcl, textOf, type HclScope, type HclSource, type HclValue } from "./hcl-values";
import { HCL_STYLE, placeInBlock, placeInObject, placeOfMap } from "./hcl-style";

interface Kind {
  readonly system: DefinitionSystem;
  readonly resource: Definition["resource"];
  /** The argument that holds the map. */
  readonly argument: string;
  /** The argument that holds the name. */
  readonly name: string;
}

/**
 * By a block's type and first label.
 * https://registry.terraform.io/providers/terraform-provider-openstack/openstack,
 * https://developer.hashicorp.com/packer/integrations/hashicorp/openstack
 */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  [
    "resource openstack_compute_flavor_v2",
    { system: "terraform", resource: "flavor", argument: "extra_specs", name: "name" },
  ],
  [
    "resource openstack_images_image_v2",
    { system: "terraform", resource: "image", argument: "properties", name: "name" },
  ],
  ["source openstack", { system: "packer", resource: "image", argument: "metadata", name: "image_name" }],
]);

/**
 * The flavors and images that a folder of Terraform's or Packer's files creates.
 * @param module the folder's files
 * @param around files whose locals count where the folder has none of that name: those of the folder above, for layouts
 * that put the two together before Terraform runs
 */
export function readHclDefinitions(
  module: readonly HclSource[],
  around: readonly HclSource[] = [],
): readonly Definition[] {
  const parsed = module.map((source) => ({ source, body: parseHcl(source.text) }));
  const locals = new Map<string, { source: HclSource; value: HclExpression }>();
  for (const { source, body } of [...around.map((a) => ({ source: a, body: parseHcl(a.text) })), ...parsed])
    for (const block of body.blocks)
      if (block.type === "locals")
        for (const { name, value } of block.body.attributes) locals.set(name, { source, value });
  const scope: HclScope = { locals, each: null };
  return parsed.flatMap(({ source, body }) =>
    body.blocks.flatMap((block) => {
      const kind = KINDS.get(`${block.type} ${block.labels[0] ?? ""}`);
      return kind === undefined ? [] : instancesOf(block, source, scope).map((s) => readBlock(block, kind, source, s));
    }),
  );
}

/** A scope for each instance that `for_each` is known to make; one for a block without, or with one that is not known. */
function instancesOf(block: HclBlock, source: HclSource, scope: HclScope): readonly HclScope[] {
  const forEach = block.body.attributes.find(({ name }) => name === "for_each");
  if (forEach === undefined) return [scope];
  const all = evaluateHcl(forEach.value, source, scope);
  if (all.kind !== "map" || !all.complete) return [scope];
  return [...all.entries].map(([key, { keyAt, value }]): HclScope => {
    return { ...scope, each: { key: { kind: "scalar", value: { kind: "text", text: key, at: keyAt } }, value } };
  });
}

function readBlock(block: HclBlock, kind: Kind, source: HclSource, scope: HclScope): Definition {
  const { system, resource, argument } = kind;
  const { file } = source;
  const span = ({ start, end }: { start: number; end: number }): TextSpan => ({ file, start, end });
  const attribute = (wanted: string) => block.body.attributes.find(({ name }) => name === wanted);
  const nameAttribute = attribute(kind.name);
  const name = nameAttribute === undefined ? null : textOf(evaluateHcl(nameAttribute.value, source, scope));
  const common = { system, resource, name: name ?? block.labels.join(".") } as const;

  const map = attribute(argument);
  if (map !== undefined) {
    const value = evaluateHcl(map.value, source, scope);
    return { ...common, at: span(map.nameSpan), ...propertiesOf(value, source) };
  }
  // the syntax of Terraform 0.11: a block
  const inner = block.body.blocks.find(({ type }) => type === argument);
  if (inner !== undefined) {
    const properties = inner.body.attributes.map(({ name: key, nameSpan, value }): DefinedProperty => {
      return { key, keyAt: span(nameSpan), value: definedValue(evaluateHcl(value, source, scope)) };
    });
    const place = placeInBlock(inner, source);
    return { ...common, at: span(inner.head), properties, complete: true, place, valueQuote: '"' };
  }
  const dynamic = block.body.blocks.some(({ type, labels }) => type === "dynamic" && labels[0] === argument);
  const place = dynamic ? null : placeOfMap(block, argument, source);
  return { ...common, at: span(block.head), properties: [], complete: !dynamic, place, valueQuote: '"' };
}

type Properties = Pick<Definition, "properties" | "complete" | "place" | "valueQuote">;

function propertiesOf(value: HclValue, source: HclSource): Properties {
  if (value.kind === "map")
    return {
      properties: [...value.entries].map(([key, entry]): DefinedProperty => {
        return { key, keyAt: entry.keyAt, value: definedValue(entry.value) };
      }),
      complete: value.complete,
      place: value.literal === null ? null : placeInObject(value.literal),
      valueQuote: '"',
    };
  const isNull = value.kind === "scalar" && value.value.kind === "null";
  const at = value.kind === "scalar" ? value.value.at : value.at;
  // `extra_specs = null` in this very file can become a map; any other null is a lookup that found nothing
  const isWritten = isNull && at.file === source.file && source.text.slice(at.start, at.end) === "null";
  const place: EntryPlace = { at, before: "{ ", after: " }", style: HCL_STYLE };
  return { properties: [], complete: isNull, place: isWritten ? place : null, valueQuote: '"' };
}

function definedValue(value: HclValue): DefinedValue {
  if (value.kind === "scalar") return value.value;
  return { kind: "unknown", at: value.at };
}
