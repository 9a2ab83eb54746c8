import type { ImageSource } from "../contract/card-driver.ts";

/** Reads a `data:` URL; `undefined` where the text is none. */
export function parseDataUrl(url: string): ImageSource | undefined {
  const comma = url.indexOf(",");
  const head = /^data:([^;,]*)(;.*)?$/i.exec(url.slice(0, Math.max(comma, 0)));
  if (head === null) return undefined;
  const [, mediaType = "", parameters = ""] = head;
  try {
    const data = decodeURIComponent(url.slice(comma + 1));
    const isBase64 = /;\s*base64$/i.test(parameters);
    const bytes = isBase64 ? fromBase64(data) : new TextEncoder().encode(data);
    return { mediaType, bytes };
  } catch {
    return undefined;
  }
}

/** Decodes base64, also of the kind for URLs. @throws {DOMException} when the text is none. */
function fromBase64(data: string): Uint8Array {
  const binary = atob(data.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
