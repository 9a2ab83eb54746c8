import { CardWriteError } from "@streamcard/core/driver";
import { limits } from "../api/limits.ts";

/** Code of the reason for which an image is not drawn. */
export type ImageProblem =
  | "image-not-allowed"
  | "image-private-address"
  | "image-unreachable"
  | "image-too-large"
  | "image-format"
  | "image-queue-full";

/** Names an image in errors: by its URL without the query, which may hold a signature. */
export function nameOfImage(url: URL | undefined): string {
  return url === undefined ? "an image of the run" : `the image ${url.origin}${url.pathname}`;
}

/** Makes the error of an image that is larger than the platform takes. */
export function tooLarge(url: URL | undefined): CardWriteError {
  return imageError("image-too-large", url, `it has more than ${limits.imageBytes} bytes`);
}

export function imageError(code: ImageProblem, url: URL | undefined, reason: string): CardWriteError {
  return new CardWriteError({
    code,
    message: `Showing ${nameOfImage(url)} failed: ${reason}. It is left as a link, or as its description.`,
    outcome: "refused",
  });
}
