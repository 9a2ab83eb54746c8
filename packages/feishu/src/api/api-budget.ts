import type { Clock } from "@streamcard/core";
import type { Urgency } from "@streamcard/core/driver";
import { Wakeup } from "@streamcard/core/internal";
import { RecentCalls } from "./recent-calls.ts";

export interface BudgetLimits {
  readonly perSecond: number;
  readonly perMinute: number;
}

/** Room for one call. It is taken from the moment it is given until a second, or a minute, after the answer. */
export interface Slot {
  /** Notes that the call was answered, or given up. */
  leave(): void;
  /** Gives the room back, unused. */
  giveBack(): void;
}

interface Waiter {
  readonly ready: (slot: Slot) => void;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Share of the calls that frames may use; the rest is for opening and finalizing cards. */
const FRAME_SHARE = 0.9;

/** Share of a minute's calls after which frames are spread over the rest of the minute. */
const SPREAD_SHARE = 0.5;

/** Factor of the frames' share after a refusal, because others may use the app as well; each call then raises it by `RECOVERY`. */
const SHARE_AFTER_REFUSAL = 0.7;
const MIN_SHARE = 0.2;
const RECOVERY = 0.002;

/**
 * Budget of the calls of one API by one app, shared by all of its cards. Urgent calls go first, then the oldest.
 *
 * A call counts until a second, or a minute, after its answer, because the platform's window may begin as late as that.
 *
 * @see https://open.feishu.cn/document/server-docs/api-call-guide/frequency-control
 */
export class ApiBudget {
  readonly #clock: Clock;
  readonly #limits: BudgetLimits;
  readonly #waiters: Record<Urgency, Set<Waiter>> = { urgent: new Set(), frame: new Set() };
  readonly #calls = new RecentCalls();
  #frameAt = Number.NEGATIVE_INFINITY;
  #blockedUntil = Number.NEGATIVE_INFINITY;
  #share = 1;
  readonly #wakeup: Wakeup;

  constructor(clock: Clock, limits: BudgetLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#wakeup = new Wakeup(clock, () => this.#serve());
  }

  /**
   * Asks for room for one call.
   *
   * @param ready Called with the room, at once where there is some.
   * @returns a function that leaves the queue.
   */
  enter(urgency: Urgency, ready: (slot: Slot) => void): () => void {
    const waiter: Waiter = { ready };
    const queue = this.#waiters[urgency];
    queue.add(waiter);
    this.#serve();
    return () => queue.delete(waiter);
  }

  /** Notes that the platform refused a call for its rate. */
  refused(retryAfterMs: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, this.#clock.now() + retryAfterMs);
    this.#share = Math.max(this.#share * SHARE_AFTER_REFUSAL, MIN_SHARE);
  }

  /** True while the platform takes no calls. */
  get isBlocked(): boolean {
    return this.#blockedUntil > this.#clock.now();
  }

  #serve(): void {
    for (const urgency of ["urgent", "frame"] as const) {
      for (const waiter of this.#waiters[urgency]) {
        const at = this.#freeAt(urgency);
        if (at > this.#clock.now()) {
          this.#wakeup.at(at);
          break;
        }
        this.#waiters[urgency].delete(waiter);
        waiter.ready(this.#take(urgency));
      }
    }
  }

  #take(urgency: Urgency): Slot {
    this.#calls.leave();
    if (urgency === "frame") this.#frameAt = this.#clock.now();
    let isOpen = true;
    const close = (wasCalled: boolean) => {
      if (!isOpen) return;
      isOpen = false;
      this.#calls.end(wasCalled ? this.#clock.now() : undefined);
      this.#share = Math.min(this.#share + RECOVERY, 1);
      this.#serve();
    };
    return { leave: () => close(true), giveBack: () => close(false) };
  }

  /** Computes the time at which a call may leave; `Infinity` where it waits for an answer. */
  #freeAt(urgency: Urgency): number {
    const now = this.#clock.now();
    this.#calls.forget(now - MINUTE_MS);
    const share = urgency === "frame" ? FRAME_SHARE * this.#share : 1;
    const { perSecond, perMinute } = this.#limits;
    return Math.max(
      this.#blockedUntil,
      this.#calls.freeAt(Math.max(1, Math.floor(perSecond * share)), SECOND_MS),
      this.#calls.freeAt(Math.max(1, Math.floor(perMinute * share)), MINUTE_MS),
      urgency === "frame" ? this.#frameAt + this.#spreadMs() : 0,
    );
  }

  /** Computes the time between two frames, in milliseconds, that makes the calls that are left last for the minute. */
  #spreadMs(): number {
    const limit = this.#limits.perMinute * FRAME_SHARE * this.#share;
    const used = this.#calls.count;
    const oldest = this.#calls.oldestAnswer;
    if (oldest === undefined || used <= limit * SPREAD_SHARE || used >= limit) return 0;
    return (oldest + MINUTE_MS - this.#clock.now()) / (limit - used);
  }
}
