import { aText, oneOf, requireOption } from "../check-option.ts";
import type { CardInput } from "../contract/card-event.ts";
import type { RunEnd, StopSignal, StreamEnd } from "../contract/run-end.ts";
import { failed, stopped } from "../run/classify-run-end.ts";
import type { RunTrack } from "../run/run-track.ts";

export interface LaneOptions {
  /** Heads the lane. @defaultValue its name */
  title?: string | undefined;
  /**
   * Beside the others, or below them in a panel that folds. Columns are made before the card opens, in the turn of
   * the event loop that made it; a lane that comes later is a panel.
   * @defaultValue "panel"
   */
  layout?: "column" | "panel" | undefined;
}

/** @throws {InvalidOptionError} */
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

export interface CardLaneParts {
  readonly track: RunTrack;
  /** The run is stopped with the card. */
  readonly stopped: StopSignal;
  /** The same, for who makes sure that it stops the run. */
  readonly signal: () => AbortSignal;
  readonly take: (input: CardInput) => void;
  readonly onEnd: () => void;
}

/**
 * The place of one of several runs on a card: a `WritableStream` like the card, with an end of its own.
 * What is written after the end is dropped.
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

  /** Aborted when the card is stopped. */
  get signal(): AbortSignal {
    return this.#parts.signal();
  }

  /** How its run ended. */
  get end(): RunEnd | undefined {
    return this.#parts.track.end;
  }

  /** Its turn has come. */
  start(): void {
    this.#parts.track.start();
    this.push("");
  }

  /** Takes in text, an event, or a part of a stream. Never throws. */
  push(input: CardInput): void {
    if (this.end === undefined) this.#parts.take(input);
  }

  finish(): void {
    this.#close({ type: "close" });
  }

  fail(error: unknown): void {
    this.#end(failed(error));
  }

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
