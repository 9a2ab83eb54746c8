import type { CardStream } from "../card/card-stream.ts";
import type { CardResult } from "../contract/card-result.ts";
import { InvalidOptionError } from "../errors.ts";
import type { CardSource } from "../sources/open-source.ts";
import { drain } from "./pipe-to-card.ts";

/** How several runs share a card. */
export interface LanesOptions {
  /** Beside each other, or one below the other in panels that fold. @defaultValue columns for up to three */
  layout?: "columns" | "panels" | undefined;
  /** How many run at a time; the others wait for their turn. @defaultValue all */
  concurrency?: number | undefined;
  /** What heads each lane, by its name. @defaultValue the name */
  titles?: Readonly<Record<string, string>> | undefined;
}

/** Opens a source when its turn has come. */
export type LaneSource = (card: CardStream) => CardSource | PromiseLike<CardSource>;

const MOST_COLUMNS = 3;

/** @throws {InvalidOptionError} */
export function checkLanesOptions({ layout, concurrency }: LanesOptions = {}): void {
  if (layout !== undefined && layout !== "columns" && layout !== "panels") {
    throw new InvalidOptionError(
      `lanes.layout must be "columns" or "panels", received ${JSON.stringify(layout)}.`,
    );
  }
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency > 0)) {
    throw new InvalidOptionError(
      `lanes.concurrency must be a positive whole number, received ${String(concurrency)}.`,
    );
  }
}

/** A source that cannot be opened fails its lane alone, also where it throws at once. */
async function opening(open: LaneSource, card: CardStream): Promise<CardSource> {
  return open(card);
}

/** Writes several runs to a card, each to a lane of its own, and waits for the card, which ends with the last of them. */
export async function pipeLanes(
  sources: Readonly<Record<string, LaneSource>>,
  card: CardStream,
  { layout, concurrency = Number.POSITIVE_INFINITY, titles }: LanesOptions = {},
): Promise<CardResult> {
  const names = Object.keys(sources);
  const isBeside = layout === "columns" || (layout === undefined && names.length <= MOST_COLUMNS);
  const waiting = Object.entries(sources).map(([name, open]) => ({
    open,
    lane: card.lane(name, { title: titles?.[name], layout: isBeside ? "column" : "panel" }),
  }));
  const { stopped } = card;
  const work = async (): Promise<void> => {
    // After a stop, too: what runs already is cancelled by reading it, and what does not is never started.
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { lane, open } = next;
      if (!stopped.aborted) lane.start();
      await drain(opening(open, card), { card: lane, writer: lane.getWriter(), stopped });
    }
  };
  // Not awaited: a source that ignores its cancellation must not keep the card, which is finalized by then.
  void Promise.all(Array.from({ length: Math.min(concurrency, names.length) }, work)).then(() =>
    card.finish(),
  );
  return card.result;
}
