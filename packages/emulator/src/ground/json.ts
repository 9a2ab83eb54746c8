/** A value of JSON. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  [key: string]: JsonValue;
}

export type ParsedJson = { ok: true; value: JsonValue } | { ok: false };

// Deeper than any card, and not deep enough to overflow the stack of a recursive walk.
const MAX_DEPTH = 200;

/** Parses JSON. A text that is no JSON, or nested deeper than 200 levels, gives `{ ok: false }`. */
export function parseJson(text: string): ParsedJson {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false };
  }
  return isDeeperThan(value, MAX_DEPTH) ? { ok: false } : { ok: true, value };
}

/** Parses a JSON object; `undefined` for any other text. */
export function parseJsonObject(text: string): JsonObject | undefined {
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Copies a value deeply. @param copies map that receives the copy of each object and array. */
export function cloneJson<T extends JsonValue>(value: T, copies?: Map<JsonValue, JsonValue>): T;
export function cloneJson(value: JsonValue, copies?: Map<JsonValue, JsonValue>): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  const copy = Array.isArray(value)
    ? value.map((item) => cloneJson(item, copies))
    : // Unlike an assignment, fromEntries keeps a key named __proto__.
      Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cloneJson(item, copies)]));
  copies?.set(value, copy);
  return copy;
}

/** Counts the bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

function isDeeperThan(value: JsonValue, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  const items = Array.isArray(value) ? value : Object.values(value);
  return items.some((item) => isDeeperThan(item, levels - 1));
}
