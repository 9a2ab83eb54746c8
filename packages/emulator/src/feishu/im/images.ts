import { type ApiCall, type ApiResult, param, success } from "../api/api-call.ts";
import { parseMultipart } from "../api/multipart.ts";
import { PlatformError } from "../rules/platform-error.ts";
import { type ImageFacts, sniffImage } from "./image-format.ts";

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_PIXELS = { gif: 2000, avatar: 4096, other: 12_000 };

/** Uploads an image. See https://open.feishu.cn/document/server-docs/im-v1/image/create */
export function uploadImage(call: ApiCall): ApiResult {
  const { world, app, request, record } = call;
  if (!app.hasBot) throw imageError(234007, "App does not enable bot feature.");
  const body = typeof request.body === "string" ? new TextEncoder().encode(request.body) : request.body;
  const parts = parseMultipart(request.headers.get("content-type") ?? "", body);
  const purpose = parts?.find((part) => part.name === "image_type")?.content;
  const image = parts?.find((part) => part.name === "image")?.content;
  if (purpose === undefined || image === undefined) throw imageError(234001, "Invalid request param.");

  const imageType = new TextDecoder().decode(purpose);
  record.body = { image_type: imageType, size: image.byteLength };
  if (imageType !== "message" && imageType !== "avatar") throw imageError(234001, "Invalid request param.");
  if (image.byteLength === 0) throw imageError(234010, "File's size can't be 0.");
  if (image.byteLength > MAX_BYTES) throw imageError(234006, "The file size exceed the max value.");
  const facts = sniffImage(image);
  if (facts === undefined) throw imageError(234011, "Can't recognize the image format.");
  checkResolution(facts, imageType);

  const key = world.ids.hex("img_v3_");
  // A copy, because the body's memory belongs to the transport, which may reuse it.
  world.images.set(key, { appId: app.appId, bytes: Uint8Array.from(image), contentType: facts.contentType });
  record.applied = true;
  return success({ image_key: key });
}

/** Downloads an image of the calling app. See https://open.feishu.cn/document/server-docs/im-v1/image/get */
export function downloadImage(call: ApiCall): ApiResult {
  const image = call.world.images.get(param(call, "image_key"));
  if (image === undefined) throw imageError(234001, "Invalid request param.");
  if (image.appId !== call.app.appId) {
    throw new PlatformError({ status: 401, code: 234002, msg: "Unauthorized." });
  }
  call.record.applied = true;
  return { bytes: image.bytes, contentType: image.contentType };
}

function checkResolution(
  { format, width = 0, height = 0 }: ImageFacts,
  imageType: "message" | "avatar",
): void {
  const max =
    format === "gif" ? MAX_PIXELS.gif : imageType === "avatar" ? MAX_PIXELS.avatar : MAX_PIXELS.other;
  if (Math.max(width, height) > max) throw imageError(234039, "The image resolution exceeds the limit.");
}

function imageError(code: number, msg: string): PlatformError {
  return new PlatformError({ code, msg });
}
