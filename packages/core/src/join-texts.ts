/**
 * Two texts as one that holds on to neither. What `+` gives keeps its parts until it is read, and a part that was cut
 * from a longer text keeps all of that: in what stays, either can cost many times its length.
 */
export function joinTexts(one: string, other: string): string {
  return one === "" ? copyText(other) : [one, other].join("");
}

/** A text that does not hold on to the longer one that it was cut from. */
export function copyText(text: string): string {
  return [text.slice(0, 1), text.slice(1)].join("");
}
