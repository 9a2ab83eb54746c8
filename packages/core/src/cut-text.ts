/** Says that text is missing here. */
export const CUT_MARK = "…";

/** UTF-8 bytes of a text; an unpaired surrogate counts as what it becomes. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isHigh(unit) && isLow(text.charCodeAt(at + 1))) {
      bytes += 4;
      at += 1;
    } else bytes += 3;
  }
  return bytes;
}

/** The beginning of a text that takes at most so many UTF-8 bytes; no character is cut in two. */
export function headOfBytes(text: string, most: number): string {
  // No unit takes more than three.
  if (text.length * 3 <= most) return text;
  let bytes = 0;
  let at = 0;
  for (const character of text) {
    bytes += utf8Length(character);
    if (bytes > most) break;
    at += character.length;
  }
  return text.slice(0, at);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** A text as one line of at most so many UTF-16 units, with a mark where it is cut. */
export function oneLine(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= most ? line.toWellFormed() : `${line.slice(0, most).toWellFormed()}${CUT_MARK}`;
}
