/** Describes a value in an error by its kind and the names of its fields, because its contents may be private. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "object") return typeof value;
  // An object without a prototype has no constructor.
  const maker: unknown = value.constructor;
  if (typeof maker !== "function" || maker === Object) return describeKeys(value);
  const isAgent = "stream" in value && typeof value.stream === "function" && "generate" in value;
  return `an instance of ${maker.name}${isAgent ? ": pass what its stream() gives" : ""}`;
}

/** Describes a chunk of a stream in a warning by its kind, because its contents may be private. */
export function kindOf(value: unknown): string {
  if (value instanceof Uint8Array) return "bytes (decode them first, with TextDecoderStream)";
  if (value === null || typeof value !== "object") return value === null ? "null" : `a ${typeof value}`;
  if ("type" in value && typeof value.type === "string") return `a part of type "${value.type}"`;
  return describeKeys(value);
}

const MAX_KEYS = 8;

function describeKeys(value: object): string {
  return `an object with the keys ${Object.keys(value).slice(0, MAX_KEYS).join(", ") || "(none)"}`;
}
