/**
 * Copies a text, because a slice keeps the whole text that it was cut from in memory. Needed for texts that are kept
 * for as long as a card is.
 */
export function copyText(text: string): string {
  return [text.slice(0, 1), text.slice(1)].join("");
}
