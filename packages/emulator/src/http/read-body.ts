/** Reads the body of a request of at most `maxBytes`. */
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
    // Reading a request fails only when its sender hangs up, so nobody is left to get an error.
    return "hung-up";
  }
  return Buffer.concat(chunks);
}
