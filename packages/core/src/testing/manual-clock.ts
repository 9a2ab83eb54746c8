import type { Clock } from "../clock.ts";

interface Timer {
  readonly id: number;
  readonly at: number;
  readonly callback: () => void;
}

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  readonly #settle: () => Promise<void>;
  #nextId = 1;
  readonly #timers = new Map<number, Timer>();

  /** @param settle Lets what a timer has started come to its end, before the next one is due. */
  constructor(now = 1_700_000_000_000, settle: () => Promise<void> = eventLoopTurn) {
    this.#now = now;
    this.#settle = settle;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, delayMs: number): unknown {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#timers.set(id, { id, at: this.#now + Math.max(0, delayMs), callback });
    return id;
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as number);
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.size;
  }

  /** A promise that resolves after some time on this clock. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.setTimeout(resolve, delayMs));
  }

  /** Moves time on, timer by timer, and lets what they started settle. */
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

/** Lets promise jobs run that are due. */
function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
