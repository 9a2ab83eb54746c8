/** End of a sentence with its closing quotes and brackets, or of a line. */
const sentenceEnd = /[。！？…][”’」』）)"']*|[.!?]["')]*(?=\s)|\n/g;

/** Returns the length of a text up to the end of its last complete sentence or line. */
export function lengthOfSentences(text: string): number {
  let end = 0;
  for (const match of text.matchAll(sentenceEnd)) end = match.index + match[0].length;
  return end;
}
