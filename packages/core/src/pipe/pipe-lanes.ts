import { internalsOf } from "../card/card-internals.ts";
import type { CardStream } from "../card/card-stream.ts";
import type { LaneSource } from "./card-source.ts";
import type { LanesOptions } from "./lanes-options.ts";
import { openSource } from "./open-source.ts";
import { pumpStream } from "./pump-stream.ts";

/** Number of lanes that stand beside each other by default; more are panels. */
const MAX_COLUMNS = 3;

/** Pumps several sources into a card, each into a lane of its own, and finishes the card with the last of them. */
export function pipeLanes(
  sources: Readonly<Record<string, LaneSource>>,
  card: CardStream,
  { layout, concurrency = Number.POSITIVE_INFINITY, titles }: LanesOptions = {},
): void {
  const names = Object.keys(sources);
  const isBeside = layout === "columns" || (layout === undefined && names.length <= MAX_COLUMNS);
  const waiting = Object.entries(sources).map(([name, source]) => ({
    source,
    lane: card.lane(name, { title: titles?.[name], layout: isBeside ? "column" : "panel" }),
  }));
  const { stopped } = internalsOf(card);
  // Asking for the signal makes the card stoppable: now, and not only when a function's turn has come.
  if (waiting.some(({ source }) => typeof source === "function")) void card.signal;
  const work = async (): Promise<void> => {
    // Goes on after a stop: streams that run already are cancelled by opening them, and functions are never called.
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { lane, source } = next;
      if (!stopped.aborted) lane.start();
      await pumpStream(openSource(source, card), { card: lane, writer: lane.getWriter(), stopped });
    }
  };
  void Promise.all(Array.from({ length: Math.min(concurrency, names.length) }, work)).then(() =>
    card.finish(),
  );
}
