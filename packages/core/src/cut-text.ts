/** Mark of a cut in a text. */
export const CUT_MARK = "…";

/** Counts the UTF-8 bytes of a text. An unpaired surrogate counts 3, because U+FFFD replaces it. */
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

/** Cuts a text to at most `maxBytes` UTF-8 bytes. Cuts between two characters. */
export function headOfBytes(text: string, maxBytes: number): string {
  // A UTF-16 unit takes at most three bytes.
  if (text.length * 3 <= maxBytes) return text;
  let bytes = 0;
  let at = 0;
  for (const character of text) {
    bytes += utf8Length(character);
    if (bytes > maxBytes) break;
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

/** Puts a text on one line. Cuts it after `maxChars` UTF-16 units, and adds a mark where it did. */
export function oneLine(text: string, maxChars: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= maxChars) return line.toWellFormed();
  return `${line.slice(0, maxChars).toWellFormed()}${CUT_MARK}`;
}
