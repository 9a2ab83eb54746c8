import type { Outcome } from "../play/outcome.ts";
import { whole } from "../play/whole-error.ts";
import { ECHO } from "../scenario/fault-kinds.ts";

/** Characters in a row that count as a quote. */
const QUOTE_LENGTH = 12;

/** Checks that logs and errors hold no token, no secret and no text of a run (P10). */
export function checkDiscreet({ told, secrets, streams }: Outcome): string[] {
  const errors = streams.flatMap(({ result: { error, deliveryError } }) => [error, deliveryError]);
  const lines = new Set([...told, ...errors.filter((error) => error !== undefined).map(whole)]);
  if (lines.size === 0) return [];
  const said = quotesIn(
    streams.flatMap((stream) => stream.said.flatMap(({ texts, thoughts = [] }) => [...texts, ...thoughts])),
  );
  return [...lines].flatMap((line) => {
    const short = JSON.stringify(line.slice(0, 160));
    if (secrets.some((secret) => line.includes(secret))) return [`P10: a secret is in ${short}`];
    // The platform's message may quote the request.
    if (line.includes(ECHO)) return [`P10: what the platform quotes is in ${short}`];
    const quote = [...quotesIn([line])].find((part) => said.has(part));
    return quote === undefined ? [] : [`P10: ${JSON.stringify(quote)}, which was said, is in ${short}`];
  });
}

/** Collects all parts of texts that are `QUOTE_LENGTH` long. */
function quotesIn(texts: readonly string[]): Set<string> {
  const quotes = new Set<string>();
  for (const text of texts) {
    for (let at = 0; at + QUOTE_LENGTH <= text.length; at += 1) {
      const quote = text.slice(at, at + QUOTE_LENGTH);
      if (quote.trim() === quote) quotes.add(quote);
    }
  }
  return quotes;
}
