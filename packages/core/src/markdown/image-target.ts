/** State of an image that is on its way to the platform. The text waits before it until it is there or given up. */
export const PENDING_IMAGE = Symbol("pending-image");

/** Type of {@link PENDING_IMAGE}. */
export type PendingImage = typeof PENDING_IMAGE;

/** Targets of the images in a text. */
export interface ImageTargets {
  /**
   * Finds the target that the platform draws.
   *
   * @returns The platform's target, which may be the given one; `undefined` for an image that becomes a link.
   */
  targetOf(target: string): string | PendingImage | undefined;
}

/** Longest image in a data URL that the text waits for, in UTF-16 units: 10 MB, a third more in base64. */
const MAX_DATA_CHARS = 14_000_000;

const openData = /!\[[^\]\n]{0,200}\]\(data:[\w.+-]{1,40}\/[\w.+-]{1,80}(?:;[\w=.+-]{1,80})*,[\w+/=%-]*$/;
const base64 = /^[\w+/=%-]*$/;

/** Tells texts that end within the bytes of an image (`![…](data:image/png;base64,…`). */
export function endsInData(text: string): boolean {
  return text.length < MAX_DATA_CHARS && openData.test(text);
}

/** Tells text that goes on with such bytes. */
export function isData(text: string): boolean {
  return base64.test(text);
}

/** Tells data URLs. */
export function isDataUrl(target: string): boolean {
  return /^data:/i.test(target);
}
