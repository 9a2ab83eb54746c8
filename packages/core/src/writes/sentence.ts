/** The end of a sentence with what closes it, or the end of a line. */
const sentenceEnd = /[。！？…][”’」』）)"']*|[.!?]["')]*(?=\s)|\n/g;

/** How much of a text can be shown when it is shown by sentences: up to the end of the last one that is complete. */
export function lengthOfSentences(text: string): number {
  let end = 0;
  for (const match of text.matchAll(sentenceEnd)) end = match.index + match[0].length;
  return end;
}
