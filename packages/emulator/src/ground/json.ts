export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export type ParsedJson = { ok: true; value: JsonValue } | { ok: false };

// Far beyond any card, and far below what would overflow the stack of a recursive walk.
const MAX_DEPTH = 200;

export function parseJson(text: string): ParsedJson {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false };
  }
  return isDeeperThan(value, MAX_DEPTH) ? { ok: false } : { ok: true, value };
}

/** Parses a text that must hold a JSON object; `undefined` if it does not. */
export function parseJsonObject(text: string): JsonObject | undefined {
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A deep copy. `copies`, if given, learns which object or array became which. */
export function cloneJson<T extends JsonValue>(value: T, copies?: Map<JsonValue, JsonValue>): T;
export function cloneJson(value: JsonValue, copies?: Map<JsonValue, JsonValue>): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  const copy = Array.isArray(value)
    ? value.map((item) => cloneJson(item, copies))
    : // fromEntries defines properties, so that a key named __proto__ stays a key.
      Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cloneJson(item, copies)]));
  copies?.set(value, copy);
  return copy;
}

export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

function isDeeperThan(value: JsonValue, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  const items = Array.isArray(value) ? value : Object.values(value);
  return items.some((item) => isDeeperThan(item, levels - 1));
}
