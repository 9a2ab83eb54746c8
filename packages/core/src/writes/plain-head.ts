/** What may be half of something: emphasis, code, a link, a tag, an entity. */
const mark = /[*_~`[\]<>!|&\\]/;

/**
 * The beginning of a text that can be shown before the rest: at most so many characters, whole ones, and none that
 * means something only together with what follows.
 *
 * @returns An empty text where there is no such beginning.
 */
export function plainHead(text: string, length: number): string {
  const head = [...text.slice(0, length * 2)].slice(0, length).join("");
  const at = head.search(mark);
  return at < 0 ? head : head.slice(0, at);
}
