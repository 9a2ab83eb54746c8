import { isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";

/** A text in a component; `undefined` when there is something else, or nothing. */
export function textField(node: JsonObject | undefined, key: string): string | undefined {
  const value = node?.[key];
  return typeof value === "string" ? value : undefined;
}

export function numberField(node: JsonObject | undefined, key: string): number | undefined {
  const value = node?.[key];
  return typeof value === "number" ? value : undefined;
}

export function isSet(node: JsonObject | undefined, key: string): boolean {
  return node?.[key] === true;
}

export function objectField(node: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = node?.[key];
  return isJsonObject(value) ? value : undefined;
}

export function objectsIn(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

export function textsIn(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** One of some words; the first of them when there is something else, or nothing. */
export function wordField<Word extends string>(
  node: JsonObject | undefined,
  key: string,
  words: readonly [Word, ...Word[]],
): Word {
  const value = node?.[key];
  return words.find((word) => word === value) ?? words[0];
}
