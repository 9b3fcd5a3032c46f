/** An object of an answer; its members are still to be checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member as an object, empty when it is none. */
export function objectIn(object: JsonObject, key: string): JsonObject {
  const value = own(object, key);
  return isObject(value) ? value : {};
}

/** The member as a list, empty when it is none. */
export function listIn(object: JsonObject, key: string): readonly unknown[] {
  const value: unknown = own(object, key);
  return Array.isArray(value) ? value : [];
}

/** The member as a text, or null when it is none. */
export function textIn(object: JsonObject, key: string): string | null {
  const value = own(object, key);
  return typeof value === "string" ? value : null;
}

/** The member as a finite number, or null when it is none. */
export function numberIn(object: JsonObject, key: string): number | null {
  const value = own(object, key);
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
