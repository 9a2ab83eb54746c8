import type { FailureCause } from "../contract/card-block.ts";

/** Errors of clients are wrapped once or twice. */
const MAX_CAUSES = 4;

/**
 * Finds the kind of an error by its status or code. A reader may know no more, because its message may hold addresses,
 * keys and prompts.
 */
export function failureCause(error: unknown): FailureCause | undefined {
  let inner = error;
  for (let depth = 0; depth < MAX_CAUSES && typeof inner === "object" && inner !== null; depth += 1) {
    const cause = causeOf(inner as Readonly<Record<string, unknown>>);
    if (cause !== undefined) return cause;
    // The AI SDK's error after the last retry holds the error of that retry.
    inner = "lastError" in inner ? inner.lastError : "cause" in inner ? inner.cause : undefined;
  }
  return undefined;
}

function causeOf({
  status,
  statusCode = status,
  code,
}: Readonly<Record<string, unknown>>): FailureCause | undefined {
  if (code === "context_length_exceeded") return "too-long";
  if (statusCode === 429) return "busy";
  if (statusCode === 401 || statusCode === 403) return "not-authorized";
  if (statusCode === 413) return "too-long";
  if (typeof statusCode === "number" && statusCode >= 500) return "unavailable";
  if (typeof code === "string" && networkCodes.has(code)) return "unreachable";
  return undefined;
}

const networkCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_SOCKET",
]);
