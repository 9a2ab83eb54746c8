import type { CardSnapshot } from "@streamcard/emulator";

const GREY = "\u001b[90m";
const BOLD = "\u001b[1m";
const RESET = "\u001b[0m";

/** Draws a card as lines of text, as far as a client has painted it. */
export function drawCard(card: CardSnapshot, { color }: { color: boolean }): string {
  const paint = (code: string, text: string) => (color ? `${code}${text}${RESET}` : text);
  const body = card.elements.flatMap(({ tag, painted }) => {
    if (painted === undefined || painted === "") return [];
    if (tag === "plain_text") return [paint(GREY, painted)];
    return painted
      .trimEnd()
      .split("\n")
      .map((line) => (/^#{1,6} /.test(line) ? paint(BOLD, line) : line));
  });
  const edge = paint(GREY, "│");
  const state = card.summary;
  return [
    paint(GREY, `╭─ ${state}`),
    ...body.map((line) => `${edge} ${line}`),
    paint(GREY, `╰─${card.streaming ? " ▍" : ""}`),
  ].join("\n");
}
