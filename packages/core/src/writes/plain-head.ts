/** Marks that may be half of something: emphasis, code, a link, a tag, an entity. */
const mark = /[*_~`[\]<>!|&\\]/;

/**
 * Returns the beginning of a text that can be shown before the rest: up to the first mark whose meaning depends on the
 * text behind it. Empty where the text begins with one.
 *
 * @param length Number of characters at most; no character is cut.
 */
export function plainHead(text: string, length: number): string {
  const head = [...text.slice(0, length * 2)].slice(0, length).join("");
  const at = head.search(mark);
  return at < 0 ? head : head.slice(0, at);
}
