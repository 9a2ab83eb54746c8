import type { Clock } from "../clock.ts";
import type { CardStatus } from "../contract/card-block.ts";
import { type CardDriver, CardWriteError } from "../contract/card-driver.ts";
import type { CardIds, CardResult, LaneResult } from "../contract/card-result.ts";
import type { RunEnd } from "../contract/run-end.ts";
import { LazyPromise } from "../retention/lazy-promise.ts";
import { failed } from "../run/classify-run-end.ts";
import type { RunTimes } from "../run/run-times.ts";
import type { RunTracks } from "../run/run-tracks.ts";
import type { RunView } from "../view/run-view.ts";
import { deliverMissingText } from "./deliver-missing-text.ts";
import type { RunCards, RunCardsListener } from "./run-cards.ts";
import { sendInTime } from "./send-in-time.ts";
import type { TroubleReport } from "./trouble-report.ts";

export interface CardOutcomeParts {
  readonly driver: CardDriver;
  readonly clock: Clock;
  readonly tracks: RunTracks;
  readonly view: RunView;
  readonly times: RunTimes;
  readonly report: TroubleReport;
  /** Length of a run in milliseconds from which on its end is notified. */
  readonly notifyAfterMs: number;
}

/** Outcome of a card: the promises for its opening and its result, and the report of trouble on the way. */
export class CardOutcome implements RunCardsListener {
  readonly #parts: CardOutcomeParts;
  readonly #opened = new LazyPromise<CardIds>();
  readonly #result = Promise.withResolvers<CardResult>();

  constructor(parts: CardOutcomeParts) {
    this.#parts = parts;
  }

  get opened(): Promise<CardIds> {
    return this.#opened.promise;
  }

  get result(): Promise<CardResult> {
    return this.#result.promise;
  }

  onOpened(card: CardIds): void {
    this.#opened.resolve(card);
  }

  onUnopened(): void {
    this.#opened.reject(this.#parts.report.worst ?? givenUp());
  }

  onFirstText(): void {
    this.#parts.times.markText();
  }

  onTrouble(error: CardWriteError): void {
    this.#parts.report.note(error);
  }

  /** Reports a chunk that is no text, no event and no part of a stream. */
  onUnread(chunk: unknown): void {
    this.#parts.report.noteUnread(chunk);
  }

  onMisuse(error: unknown): void {
    this.#parts.report.noteMisuse(error);
  }

  onGivenUp(afterMs: number): void {
    this.#parts.report.noteUnlessKnown(givenUp(afterMs));
  }

  onSettled(cards: RunCards): void {
    void this.#conclude(cards);
  }

  async #conclude(cards: RunCards): Promise<void> {
    const { driver, clock, tracks, view, times, report } = this.#parts;
    const end = tracks.end ?? failed(undefined);
    const text = tracks.all.map((track) => track.text).join("");
    const { endStatus, summary } = view;
    const { missing } = cards;
    const parts = { driver, clock, report, end: endStatus };
    const delivery = missing === undefined ? "card" : await deliverMissingText(missing, text, parts);
    const finalizedBy = delivery === "message" ? "message" : cards.finalizedBy;
    const metrics = times.metrics(end, view.usage, driver.usage());
    if (delivery === "card") await this.#notify(endStatus, summary);
    const cut = new Set([...view.cuts, ...tracks.all.flatMap(({ state }) => state.cuts)]);
    this.#result.resolve({
      ...end,
      delivery,
      ...(finalizedBy !== undefined && { finalizedBy }),
      text,
      cards: [...cards.cards],
      ...(cut.size > 0 && { cut: [...cut] }),
      ...(tracks.lanes.length > 0 && { lanes: this.#laneResults(end) }),
      ...(delivery !== "card" && { deliveryError: report.worst ?? givenUp() }),
      metrics: { ...metrics, ...driver.usage() },
    });
  }

  /** Notifies of the end of a long run. Not after a stop by a person or the caller; a time-out does notify. */
  async #notify(end: CardStatus | undefined, summary: string): Promise<void> {
    const { driver, clock, report, tracks, times, notifyAfterMs } = this.#parts;
    const { status, reason } = tracks.end ?? {};
    const isKnown = status === "stopped" && reason !== "timeout";
    if (end === undefined || isKnown || times.runMs < notifyAfterMs) return;
    await sendInTime(() => driver.notify?.(end, summary), { clock, report });
  }

  #laneResults(whole: RunEnd): Record<string, LaneResult> {
    const results = this.#parts.tracks.lanes.map(({ name, track }) => {
      const { status, reason, error } = track.end ?? whole;
      const why = { ...(reason !== undefined && { reason }), ...(error !== undefined && { error }) };
      return [name, { status, ...why, text: track.text }] as const;
    });
    return Object.fromEntries(results);
  }
}

function givenUp(afterMs?: number): CardWriteError {
  const when = afterMs === undefined ? "" : ` for ${afterMs / 1000} s after the run's end`;
  return new CardWriteError({
    code: "given-up",
    message: `The card was given up: the platform acknowledged nothing${when}.`,
    outcome: "unknown",
  });
}
