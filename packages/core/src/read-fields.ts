/** Object with unchecked fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** Tells objects from other values, lists included. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a field as an object; an empty one for any other value. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Reads a field as a list; an empty one for any other value. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Reads a field as a text; `undefined` for an empty one and for any other value. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Parses a text that looks like a JSON object or list; returns any other value as it is. */
export function jsonOf(value: unknown): unknown {
  return typeof value === "string" && /^\s*[[{]/.test(value) ? parseJson(value) : value;
}

/** Parses JSON; returns the text itself where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
