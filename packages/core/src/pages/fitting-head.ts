import type { Page } from "./page.ts";

/** Texts that end at a place for a cut that cannot wait, best place first. */
const breaks = [/^[\s\S]*[\n。！？；]/, /^[\s\S]*[\s，、,.]/];

export interface FittingOptions {
  /** Bytes that are free on the page. */
  readonly room: number;
  /** The text must not be cut, unless the page has nothing else. */
  readonly isWhole: boolean;
  readonly page: Page;
  readonly bytesOf: (text: string) => number;
}

/** Returns as much of a text as fits the page, and at least one character where the page has no text yet. */
export function fittingHead(text: string, { room, isWhole, page, bytesOf }: FittingOptions): string {
  if (bytesOf(text) <= room) return text;
  if (isWhole && (page.hasText || page.root.entries.length > 1)) return "";
  let head = "";
  let free = room;
  for (const character of text) {
    free -= bytesOf(character);
    if (free < 0) break;
    head += character;
  }
  for (const place of breaks) {
    const match = place.exec(head)?.[0];
    if (match !== undefined && match.length > head.length / 2) return match;
  }
  return head === "" && !page.hasText ? String.fromCodePoint(text.codePointAt(0) ?? 0) : head;
}
