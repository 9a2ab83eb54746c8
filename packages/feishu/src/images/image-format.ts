/**
 * First bytes of the formats that the platform takes; `?` is any byte. Headers and file names are not trusted.
 *
 * @see https://open.feishu.cn/document/server-docs/im-v1/image/create
 */
const beginnings = [
  { format: "jpeg", bytes: "\xff\xd8\xff" },
  { format: "png", bytes: "\x89PNG\r\n\x1a\n" },
  { format: "gif", bytes: "GIF87a" },
  { format: "gif", bytes: "GIF89a" },
  { format: "webp", bytes: "RIFF????WEBP" },
  { format: "bmp", bytes: "BM" },
  { format: "ico", bytes: "\0\0\x01\0" },
  { format: "tiff", bytes: "II*\0" },
  { format: "tiff", bytes: "MM\0*" },
  { format: "heic", bytes: "????ftypheic" },
  { format: "heic", bytes: "????ftypheix" },
  { format: "heic", bytes: "????ftypmif1" },
] as const;

export type ImageFormat = (typeof beginnings)[number]["format"];

/** Recognizes the format of an image; `undefined` for one that the platform does not take. */
export function imageFormatOf(bytes: Uint8Array): ImageFormat | undefined {
  return beginnings.find((beginning) => beginsWith(bytes, beginning.bytes))?.format;
}

function beginsWith(bytes: Uint8Array, pattern: string): boolean {
  return [...pattern].every(
    (char, at) => at < bytes.length && (char === "?" || char.charCodeAt(0) === bytes[at]),
  );
}
