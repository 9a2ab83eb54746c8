/** The image is being made: text waits at this place until it is, or is given up. */
export const PENDING_IMAGE = Symbol("pending-image");
export type PendingImage = typeof PENDING_IMAGE;

/** What becomes of an image's target. */
export interface ImageTargets {
  /** @returns what the platform draws, the target itself where it does so already; `undefined` for a link. */
  targetOf(target: string): string | PendingImage | undefined;
}

/** Longest image of bytes that is waited for: 10 MB, a third more in base64. */
const MAX_DATA_LENGTH = 14_000_000;

const openData = /!\[[^\]\n]{0,200}\]\(data:[\w.+-]{1,40}\/[\w.+-]{1,80}(?:;[\w=.+-]{1,80})*,[\w+/=%-]*$/;
const base64 = /^[\w+/=%-]*$/;

/** Whether a text ends within the bytes of an image (`![…](data:image/png;base64,…`). */
export function endsInData(text: string): boolean {
  return text.length < MAX_DATA_LENGTH && openData.test(text);
}

/** Whether such a text still ends there when this is added. */
export function isData(text: string): boolean {
  return base64.test(text);
}

export function isDataUrl(target: string): boolean {
  return /^data:/i.test(target);
}
