import type { Outcome } from "../play/outcome.ts";

/** What a write of text takes beside what is new: the slice that is open. */
const BYTES_PER_REQUEST = 700;

/** A paragraph or a table is sent again as it grows. */
const TIMES_SENT = 4;

/** Text that can be cut stands in one element up to here, in UTF-8 bytes, however fast it comes. */
const MOST_SLICE_BYTES = 12_000;

/** P9: the text that is sent grows with what is shown, not with its square. */
export function checkBytes({ scenario, requests, cards }: Outcome): string[] {
  // What fails is sent again.
  if (scenario.faults.length > 0) return [];
  // A fence stays in one piece, up to its end or the card's.
  const texts = requests.filter(({ operation, body }) => operation === "content" && !hasFence(body));
  const sent = texts.reduce((sum, { requestBytes }) => sum + requestBytes, 0);
  const shown = cards.reduce((sum, { bytes }) => sum + bytes, 0);
  const most = texts.length * BYTES_PER_REQUEST + shown * TIMES_SENT;
  const large = cards
    .flatMap(({ elements }) => elements)
    .find(({ tag, content = "" }) => tag === "markdown" && cuttableBytes(content) > MOST_SLICE_BYTES);
  return [
    ...(sent > most ? [`P9: ${sent} bytes of text were sent for ${shown} that are shown`] : []),
    ...(large === undefined ? [] : [`P9: ${large.elementId} was never cut`]),
  ];
}

/** What is no code and no table, which stay in one piece. */
function cuttableBytes(content: string): number {
  const lines = content.replaceAll(/^(`{3,}|~{3,})[\s\S]*?(?:^\1|$(?![\s\S]))/gm, "").split("\n");
  return Buffer.byteLength(lines.filter((line) => !line.startsWith("|")).join("\n"));
}

function hasFence(body: unknown): boolean {
  return /`{3}|~{3}/.test(JSON.stringify(body));
}
