import type { JsonObject, JsonValue } from "../../ground/json.ts";
import { fieldViolation, type PlatformError } from "../rules/platform-error.ts";

interface StringRange {
  min?: number;
  max?: number;
}

/** Reads the fields of a request body: a wrong type is the gateway's refusal, a wrong range the API's own. */
export interface BodyFields {
  string(name: string, range?: StringRange): string;
  optionalString(name: string, range?: StringRange): string | undefined;
  integer(name: string): number;
  optionalBoolean(name: string): boolean | undefined;
  object(name: string): BodyFields;
}

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
