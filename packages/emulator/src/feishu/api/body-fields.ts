import type { JsonObject, JsonValue } from "../../ground/json.ts";
import { fieldViolation, type PlatformError } from "../rules/platform-error.ts";

/** Length of a string in UTF-16 code units. */
interface StringRange {
  min?: number;
  max?: number;
}

/** Fields of a request body. Its methods throw the gateway's refusal for a missing field or a wrong type, and the API's own for a wrong length. */
export interface BodyFields {
  string(name: string, range?: StringRange): string;
  optionalString(name: string, range?: StringRange): string | undefined;
  integer(name: string): number;
  optionalBoolean(name: string): boolean | undefined;
  object(name: string): BodyFields;
}

/**
 * Reads the fields of a request body.
 *
 * @param outOfRange makes the API's refusal of a field whose length is wrong.
 * @param prefix path of the body in the request, for error messages.
 */
export function bodyFields(
  body: JsonObject,
  outOfRange: (field: string) => PlatformError,
  prefix = "",
): BodyFields {
  const violation = (name: string, value: JsonValue | undefined, expected: string): PlatformError => {
    const problem = value === undefined ? "is required" : `must be ${expected}`;
    return fieldViolation(
      prefix + name,
      value === undefined ? "" : JSON.stringify(value),
      `${prefix}${name} ${problem}`,
    );
  };
  const string = (name: string, { min = 0, max = Number.POSITIVE_INFINITY }: StringRange = {}): string => {
    const value = body[name];
    if (typeof value !== "string") throw violation(name, value, "a string");
    if (value.length < min || value.length > max) throw outOfRange(prefix + name);
    return value;
  };
  return {
    string,
    optionalString: (name, range) => (isAbsent(body[name]) ? undefined : string(name, range)),
    integer: (name) => {
      const value = body[name];
      if (typeof value !== "number" || !Number.isInteger(value)) throw violation(name, value, "an integer");
      return value;
    },
    optionalBoolean: (name) => {
      const value = body[name];
      if (value === undefined || value === null) return undefined;
      if (typeof value !== "boolean") throw violation(name, value, "a boolean");
      return value;
    },
    object: (name) => {
      const value = body[name];
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw violation(name, value, "an object");
      }
      return bodyFields(value, outOfRange, `${prefix}${name}.`);
    },
  };
}

function isAbsent(value: JsonValue | undefined): boolean {
  return value === undefined || value === null;
}
