import { isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";

/** Reads a text field of a component; `undefined` if it is absent or not a text. */
export function textField(node: JsonObject | undefined, key: string): string | undefined {
  const value = node?.[key];
  return typeof value === "string" ? value : undefined;
}

/** Reads a number field; `undefined` if it is absent or not a number. */
export function numberField(node: JsonObject | undefined, key: string): number | undefined {
  const value = node?.[key];
  return typeof value === "number" ? value : undefined;
}

/** Tells whether a field is `true`. */
export function isSet(node: JsonObject | undefined, key: string): boolean {
  return node?.[key] === true;
}

/** Reads an object field; `undefined` if it is absent or not an object. */
export function objectField(node: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = node?.[key];
  return isJsonObject(value) ? value : undefined;
}

/** Lists the objects in an array; empty if the value is no array. */
export function objectsIn(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** Lists the texts in an array; empty if the value is no array. */
export function textsIn(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Reads a field that holds one of some words. The first word is the default for everything else. */
export function wordField<Word extends string>(
  node: JsonObject | undefined,
  key: string,
  words: readonly [Word, ...Word[]],
): Word {
  const value = node?.[key];
  return words.find((word) => word === value) ?? words[0];
}
