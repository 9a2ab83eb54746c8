import type { Clock } from "@streamcard/core";
import { withinTime } from "@streamcard/core/internal";
import { fieldsOf, stringOf } from "../api/feishu-client.ts";
import { limits } from "../api/limits.ts";
import { imageError, tooLarge } from "./image-error.ts";
import { type ImageFetch, type ImageFetchAnswer, PRIVATE_ADDRESS } from "./image-fetch.ts";

export interface Download {
  readonly fetch: ImageFetch;
  /** Tells whether a URL may be fetched. Asked for the first one, and for each that it redirects to. */
  readonly isAllowed: (url: URL) => boolean;
  readonly clock: Clock;
  /** Aborted when nobody waits for the image any more. */
  readonly signal: AbortSignal;
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Downloads an image. @throws {CardWriteError} with an `image-…` code when it cannot be had. */
export async function downloadImage(url: URL, download: Download): Promise<Uint8Array> {
  try {
    return await withinTime(download.clock, limits.imageDownloadMs, (late) =>
      follow(url, { ...download, signal: AbortSignal.any([late, download.signal]) }),
    );
  } catch (error) {
    throw downloadError(url, error);
  }
}

async function follow(first: URL, { fetch, isAllowed, signal }: Download): Promise<Uint8Array> {
  let url = first;
  for (let hop = 0; hop <= limits.imageRedirects; hop += 1) {
    if (!isAllowed(url))
      throw imageError("image-not-allowed", first, "it is moved to a host that is not allowed");
    const answer = await fetch(url.href, {
      redirect: "manual",
      headers: { accept: "image/*", "user-agent": "streamcard" },
      signal,
    });
    if (answer.status === 200) return readBody(first, answer);
    await answer.body?.cancel();
    const location = redirects.has(answer.status) ? answer.headers.get("location") : null;
    if (location === null) throw imageError("image-unreachable", first, `its host answered ${answer.status}`);
    url = new URL(location, url);
  }
  throw imageError("image-unreachable", first, `it is moved more than ${limits.imageRedirects} times`);
}

async function readBody(url: URL, { headers, body }: ImageFetchAnswer): Promise<Uint8Array> {
  if (Number(headers.get("content-length") ?? 0) > limits.imageBytes) {
    await body?.cancel();
    throw tooLarge(url);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    length += read.value.length;
    if (length > limits.imageBytes) {
      await reader?.cancel();
      throw tooLarge(url);
    }
    chunks.push(read.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Says what went wrong, without the error of `fetch`, which may hold the whole URL. */
function downloadError(url: URL, error: unknown): unknown {
  if (fieldsOf(error)?.code?.toString().startsWith("image-")) return error;
  const code = stringOf(fieldsOf(error)?.code) ?? stringOf(fieldsOf(fieldsOf(error)?.cause)?.code);
  if (code === PRIVATE_ADDRESS) {
    return imageError("image-private-address", url, "its host is not of the public internet");
  }
  const isLate = fieldsOf(error)?.name === "TimeoutError";
  const reason = isLate
    ? `it did not come within ${limits.imageDownloadMs} ms`
    : "its host could not be reached";
  return imageError("image-unreachable", url, code === undefined || isLate ? reason : `${reason} (${code})`);
}
