type ImageFormat = "jpeg" | "png" | "webp" | "gif" | "bmp" | "ico" | "tiff" | "heic";

export interface ImageFacts {
  format: ImageFormat;
  contentType: string;
  /** Width in pixels, for PNG, GIF and BMP only. */
  width?: number;
  /** Height in pixels, for PNG, GIF and BMP only. */
  height?: number;
}

// First bytes of each format that the platform takes. A "?" is any byte.
const SIGNATURES: readonly { format: ImageFormat; contentType: string; bytes: string }[] = [
  { format: "jpeg", contentType: "image/jpeg", bytes: "\xff\xd8\xff" },
  { format: "png", contentType: "image/png", bytes: "\x89PNG\r\n\x1a\n" },
  { format: "webp", contentType: "image/webp", bytes: "RIFF????WEBP" },
  { format: "gif", contentType: "image/gif", bytes: "GIF8?a" },
  { format: "bmp", contentType: "image/bmp", bytes: "BM" },
  { format: "ico", contentType: "image/x-icon", bytes: "\x00\x00\x01\x00" },
  { format: "tiff", contentType: "image/tiff", bytes: "II*\x00" },
  { format: "tiff", contentType: "image/tiff", bytes: "MM\x00*" },
  { format: "heic", contentType: "image/heic", bytes: "????ftyphei" },
  { format: "heic", contentType: "image/heic", bytes: "????ftypmif1" },
];

/** Detects the format of an image; `undefined` if the platform does not take it. */
export function sniffImage(bytes: Uint8Array): ImageFacts | undefined {
  const found = SIGNATURES.find((signature) => startsWith(bytes, signature.bytes));
  if (found === undefined) return undefined;
  const { format, contentType } = found;
  return { format, contentType, ...dimensions(format, bytes) };
}

function startsWith(bytes: Uint8Array, signature: string): boolean {
  if (bytes.length < signature.length) return false;
  return [...signature].every(
    (character, index) => character === "?" || character.charCodeAt(0) === bytes[index],
  );
}

function dimensions(format: ImageFormat, bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === "png" && bytes.length >= 24)
    return { width: view.getUint32(16), height: view.getUint32(20) };
  if (format === "gif" && bytes.length >= 10) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (format === "bmp" && bytes.length >= 26) {
    return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
  }
  return undefined;
}
