/** The end of a sentence with what closes it, or the end of a line. */
const sentenceEnd = /[。！？…][”’」』）)"']*|[.!?]["')]*(?=\s)|\n/g;

/** Returns the length of a text up to the end of its last complete sentence or line. */
export function lengthOfSentences(text: string): number {
  let end = 0;
  for (const match of text.matchAll(sentenceEnd)) end = match.index + match[0].length;
  return end;
}
