import { aText, oneOf, requireOption } from "../check-option.ts";
import type { CardInput } from "../contract/card-event.ts";
import type { RunEnd, StopSignal, StreamEnd } from "../contract/run-end.ts";
import { failed, stopped } from "../run/classify-run-end.ts";
import type { RunTrack } from "../run/run-track.ts";

/** Options of a lane. */
export interface LaneOptions {
  /** Title above the lane. @defaultValue its name */
  title?: string | undefined;
  /**
   * Place of the lane: beside the others, or below them in a panel that folds. Columns are made before the card opens,
   * in the turn of the event loop that made it; a lane that comes later is a panel.
   * @defaultValue "panel"
   */
  layout?: "column" | "panel" | undefined;
}

/** Checks the options of a lane, with their defaults filled in. @throws {InvalidOptionError} */
export function checkLaneOptions({
  title,
  layout,
}: {
  readonly title: unknown;
  readonly layout: unknown;
}): void {
  requireOption("The title of a lane", title, aText);
  requireOption("The layout of a lane", layout, oneOf("column", "panel"));
}

/** Parts of a lane. */
export interface CardLaneParts {
  readonly track: RunTrack;
  /** The card's stop, which stops the lane's run, too. */
  readonly stopped: StopSignal;
  /** Its AbortSignal. Asking for it marks the run as stoppable. */
  readonly signal: () => AbortSignal;
  readonly take: (input: CardInput) => void;
  readonly onEnd: () => void;
}

/**
 * Place of one of several runs on a card: a `WritableStream` like the card, with an end of its own. Input after the end
 * is dropped.
 */
export class CardLane extends WritableStream<CardInput> {
  readonly #parts: CardLaneParts;

  /** @internal for `CardStream.lane()` */
  constructor(parts: CardLaneParts) {
    const self = {} as { lane: CardLane };
    super({
      write: (chunk) => self.lane.push(chunk),
      close: () => self.lane.finish(),
      abort: (reason) => self.lane.#close({ type: "reject", error: reason }),
    });
    self.lane = this;
    this.#parts = parts;
  }

  /** Signal that is aborted when the card is stopped. */
  get signal(): AbortSignal {
    return this.#parts.signal();
  }

  /** End of the lane's run; `undefined` while it goes on. */
  get end(): RunEnd | undefined {
    return this.#parts.track.end;
  }

  /** Notes that the run has begun, after it waited for its turn. */
  start(): void {
    this.#parts.track.start();
    this.push("");
  }

  /** Takes in text, an event, or a part of a stream. Never throws. Ignored after the end. */
  push(input: CardInput): void {
    if (this.end === undefined) this.#parts.take(input);
  }

  /** Ends the lane's run as complete. Does nothing after its end. */
  finish(): void {
    this.#close({ type: "close" });
  }

  /** Ends the lane's run as failed. Does nothing after its end. */
  fail(error: unknown): void {
    this.#end(failed(error));
  }

  /** Ends the lane's run as stopped. Does nothing after its end. The card and its other lanes go on. */
  stop(reason?: unknown): void {
    this.#end(stopped(reason));
  }

  #close(end: StreamEnd): void {
    this.#end(this.#parts.track.classify(end, this.#parts.stopped));
  }

  #end(end: RunEnd): void {
    if (this.#parts.track.endWith(end)) this.#parts.onEnd();
  }
}
