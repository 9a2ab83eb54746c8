/** What a value is, for the message of an error: its kind and the names of its fields, never what they hold. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return typeof value;
  // An object without a prototype has no constructor.
  const maker: unknown = value.constructor;
  if (typeof maker !== "function" || maker === Object) {
    return `an object with the keys ${Object.keys(value).slice(0, 8).join(", ") || "(none)"}`;
  }
  const isAgent = "stream" in value && typeof value.stream === "function" && "generate" in value;
  return `an instance of ${maker.name}${isAgent ? ": pass what its stream() gives" : ""}`;
}

/** What a value is, without what it says. */
export function kindOf(value: unknown): string {
  if (value instanceof Uint8Array) return "bytes (decode them first, with TextDecoderStream)";
  if (value === null || typeof value !== "object") return value === null ? "null" : `a ${typeof value}`;
  if ("type" in value && typeof value.type === "string") return `a part of type "${value.type}"`;
  return `an object with the keys ${Object.keys(value).slice(0, 8).join(", ") || "(none)"}`;
}
