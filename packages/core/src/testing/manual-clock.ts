import type { Clock } from "../clock.ts";

interface Timer {
  readonly id: number;
  readonly at: number;
  readonly callback: () => void;
}

/** Clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  readonly #settle: () => Promise<void>;
  #nextId = 1;
  readonly #timers = new Map<number, Timer>();

  /**
   * Makes a clock.
   *
   * @param now Time in milliseconds since the epoch.
   * @param settle Waits until everything has happened that a timer led to, before the next timer is due.
   */
  constructor(now = 1_700_000_000_000, settle: () => Promise<void> = eventLoopTurn) {
    this.#now = now;
    this.#settle = settle;
  }

  /** Time in milliseconds since the epoch. */
  now(): number {
    return this.#now;
  }

  /** Sets a timer on this clock. */
  setTimeout(callback: () => void, delayMs: number): unknown {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#timers.set(id, { id, at: this.#now + Math.max(0, delayMs), callback });
    return id;
  }

  /** Cancels a timer. */
  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as number);
  }

  /** Number of timers that are set. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Resolves after `delayMs` milliseconds of this clock. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.setTimeout(resolve, delayMs));
  }

  /** Moves time on, timer by timer, and waits for everything that they lead to. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    await this.#settle();
    for (let next = this.#next(); next !== undefined && next.at <= until; next = this.#next()) {
      this.#fire(next);
      await this.#settle();
    }
    this.#now = until;
  }

  /**
   * Moves time on until a promise settles.
   *
   * @throws {Error} when nothing is left that could settle it, or after `limitMs` of this clock's time.
   */
  async until<Value>(promise: PromiseLike<Value>, limitMs = 24 * 3_600_000): Promise<Value> {
    let isSettled = false;
    const mark = () => {
      isSettled = true;
    };
    promise.then(mark, mark);
    const end = this.#now + limitMs;
    await this.#settle();
    while (!isSettled) {
      const next = this.#next();
      if (next === undefined) throw new Error("Nothing is left that could settle the promise.");
      if (next.at > end) throw new Error(`The promise did not settle within ${limitMs} ms.`);
      this.#fire(next);
      await this.#settle();
    }
    return promise;
  }

  #next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers.values()) {
      if (first === undefined || timer.at < first.at) first = timer;
    }
    return first;
  }

  #fire(timer: Timer): void {
    this.#timers.delete(timer.id);
    this.#now = Math.max(this.#now, timer.at);
    timer.callback();
  }
}

/** Waits until the promise jobs have run that are due. */
function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
