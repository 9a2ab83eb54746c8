import type { CardEvent } from "../contract/card-event.ts";
import { type Fields, isFields, textOf } from "../read-fields.ts";

/** Reads an image that a model made, in the form of OpenRouter and of LangChain's content blocks. */
export function madeImage(part: Fields): Extract<CardEvent, { type: "file" }> | undefined {
  const { type, image_url } = part;
  if (type !== "image" && type !== "image_url") return undefined;
  const base64 = textOf(part.data);
  const mediaType = textOf(part.mimeType) ?? textOf(part.mime_type) ?? "image/png";
  if (base64 !== undefined) return { type: "file", file: { mediaType, base64 } };
  const url = textOf(isFields(image_url) ? image_url.url : image_url) ?? textOf(part.url);
  return url === undefined ? undefined : { type: "file", file: { mediaType, url } };
}
