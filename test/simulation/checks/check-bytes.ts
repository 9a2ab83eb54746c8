import type { Outcome } from "../play/outcome.ts";

/** Bytes of a text write beside its new text: the open slice. */
const BYTES_PER_REQUEST = 700;

/** Number of times that a growing paragraph or table may be sent. */
const TIMES_SENT = 4;

/** UTF-8 bytes of text in one element at most, if the text can be cut, at any speed of the model. */
const MAX_SLICE_BYTES = 12_000;

/** Checks that the bytes sent grow with the text that is shown, not with its square (P9). */
export function checkBytes({ scenario, requests, cards }: Outcome): string[] {
  // Failed writes are sent again.
  if (scenario.faults.length > 0) return [];
  // A fence stays in one piece, up to its end or the card's.
  const texts = requests.filter(({ operation, body }) => operation === "content" && !hasFence(body));
  const sent = texts.reduce((sum, { requestBytes }) => sum + requestBytes, 0);
  const shown = cards.reduce((sum, { bytes }) => sum + bytes, 0);
  const most = texts.length * BYTES_PER_REQUEST + shown * TIMES_SENT;
  const large = cards
    .flatMap(({ elements }) => elements)
    .find(({ tag, content = "" }) => tag === "markdown" && cuttableBytes(content) > MAX_SLICE_BYTES);
  return [
    ...(sent > most ? [`P9: ${sent} bytes of text were sent for ${shown} that are shown`] : []),
    ...(large === undefined ? [] : [`P9: ${large.elementId} was never cut`]),
  ];
}

/** Counts the bytes outside of code and tables, which stay in one piece. */
function cuttableBytes(content: string): number {
  const lines = content.replaceAll(/^(`{3,}|~{3,})[\s\S]*?(?:^\1|$(?![\s\S]))/gm, "").split("\n");
  return Buffer.byteLength(lines.filter((line) => !line.startsWith("|")).join("\n"));
}

function hasFence(body: unknown): boolean {
  return /`{3}|~{3}/.test(JSON.stringify(body));
}
