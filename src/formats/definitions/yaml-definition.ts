import type { Definition, DefinitionSystem, DefinedProperty, TextSpan } from "../../model/definitions";
import { placeInMap, placeInNull, placeOfMap, quotesOf } from "./yaml-style";
import { definedValue, entriesOf, entryAt, mapOf, plainText, spanOf, valueAt, type YamlNode } from "./yaml-tree";

/** A flavor or image in a YAML file, as its system's reader found it. */
export interface YamlSubject {
  readonly system: DefinitionSystem;
  readonly resource: Definition["resource"];
  /** The mapping that describes it. */
  readonly at: YamlNode;
  /** What it is called where it has no `name` that the file tells. */
  readonly label: string;
  /** Where that label stands; null: at the mapping itself. */
  readonly labelAt?: TextSpan;
  /** The key of the map of extra specs or properties. */
  readonly map: string;
}

/** A definition whose properties stand in a map of their own below a key. */
export function definitionOf({ system, resource, at, label, labelAt, map }: YamlSubject): Definition {
  const entry = entryAt(at, map);
  const common = { system, resource, name: nameOf(at) ?? label };
  const head = nameSpan(at) ?? labelAt ?? firstKey(at) ?? spanOf(at);
  if (entry === null)
    return { ...common, at: head, properties: [], complete: true, place: placeOfMap(at, map), valueQuote: '"' };
  const keyAt = spanOf(entry.keyNode);
  const properties = mapOf(entry.value);
  if (properties !== null)
    return { ...common, at: keyAt, ...propertiesOf(properties.at), complete: true, place: placeInMap(properties.at) };
  const isNull = entry.value === null || definedValue(entry.value, keyAt).kind === "null";
  const place = isNull ? placeInNull(at, entry) : null;
  return { ...common, at: keyAt, properties: [], complete: isNull, place, valueQuote: '"' };
}

/** A definition whose properties stand beside its other keys, told by `isProperty`. */
export function flatDefinitionOf(
  { system, resource, at, label }: Omit<YamlSubject, "map">,
  isProperty: (key: string) => boolean,
): Definition {
  const { properties, valueQuote } = propertiesOf(at);
  return {
    ...{ system, resource, name: nameOf(at) ?? label, valueQuote },
    at: nameSpan(at) ?? firstKey(at) ?? spanOf(at),
    properties: properties.filter(({ key }) => isProperty(key)),
    complete: true,
    place: placeInMap(at),
  };
}

/** A map's entries, as they stand. */
export function propertiesOf(at: YamlNode): Pick<Definition, "properties" | "valueQuote"> {
  const properties = entriesOf(at).map(({ key, keyNode, value }): DefinedProperty => {
    const keyAt = spanOf(keyNode);
    return { key, keyAt, value: definedValue(value, keyAt) };
  });
  const map = mapOf(at);
  return { properties, valueQuote: map === null ? '"' : quotesOf(map.map).value };
}

function nameOf(at: YamlNode): string | null {
  return plainText(valueAt(at, "name"));
}

function nameSpan(at: YamlNode): TextSpan | null {
  const name = valueAt(at, "name");
  return name === null ? null : spanOf(name);
}

function firstKey(at: YamlNode): TextSpan | null {
  const first = entriesOf(at).at(0);
  return first === undefined ? null : spanOf(first.keyNode);
}
