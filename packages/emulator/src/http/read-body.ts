/** Reads the body of a request, unless it is larger than `maxBytes` or its sender hangs up. */
export async function readBody(
  request: Request,
  maxBytes: number,
): Promise<Uint8Array | "too-large" | "hung-up"> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return "too-large";
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) return "too-large";
      chunks.push(chunk);
    }
  } catch {
    // The body of a request breaks off only when its sender does, and then nobody is left to be told.
    return "hung-up";
  }
  return Buffer.concat(chunks);
}
