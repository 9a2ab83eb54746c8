import type { Clock } from "@streamcard/core";
import { withinTimeOr } from "@streamcard/core/internal";

/** Reason for which a body was not read. */
export type BodyRefusal = "too-large" | "too-slow" | "broken";

export interface BodyLimits {
  readonly maxBytes: number;
  /** Longest time that the body may take to arrive, in milliseconds. */
  readonly maxMs: number;
  readonly clock: Clock;
}

/** Reads the bytes of a request's body, as they are signed. Keeps at most `maxBytes` of it in memory. */
export async function readBody(
  request: Request,
  { maxBytes, maxMs, clock }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer> | BodyRefusal> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return "too-large";
  if (request.bodyUsed) return "broken";
  if (request.body === null) return new Uint8Array(0);
  const reader = request.body.getReader();
  const outcome = await withinTimeOr(clock, maxMs, collect(reader, maxBytes), "too-slow" as const);
  // Not awaited: a sender that hangs may leave its cancellation hanging, too.
  if (typeof outcome === "string") reader.cancel().catch(() => {});
  return outcome;
}

async function collect(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | BodyRefusal> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.byteLength;
      if (size > maxBytes) return "too-large";
      chunks.push(next.value);
    }
  } catch {
    // The body rejects when its sender hangs up.
    return "broken";
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
