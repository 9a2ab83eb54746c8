type ImageData =
  | { readonly mediaType: string; readonly base64: string }
  | { readonly mediaType?: never; readonly url: string };

/** What is behind an image's address: its bytes where the address holds them, as UI message streams write it. */
export function imageData(url: string): ImageData {
  const [, mediaType, base64] = /^data:(image\/[\w.+-]+);base64,(.*)$/is.exec(url) ?? [];
  return mediaType === undefined || base64 === undefined ? { url } : { mediaType, base64 };
}
