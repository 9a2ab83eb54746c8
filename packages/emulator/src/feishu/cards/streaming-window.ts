import type { FeishuRules } from "../rules/feishu-rules.ts";

/** A period in which a card was in streaming mode. Times are in milliseconds of the emulator's clock. */
export interface StreamingPeriod {
  /** Beginning of the period. */
  readonly openedAt: number;
  /** End of the period; `undefined` while it lasts. */
  readonly closedAt: number | undefined;
  /** Cause of the end: an operation of the app, or a timeout of the platform (`rules.autoCloseMs`). `undefined` while the period lasts. */
  readonly closedBy: "operation" | "timeout" | undefined;
}

/** State of streaming mode, as a content call finds it. */
export type StreamingVerdict = "open" | "timed-out" | "closed";

type Rules = Pick<FeishuRules, "autoCloseMs" | "reopening" | "streamingClockStart">;

/** Streaming mode of a card. The platform ends it after `autoCloseMs`. */
export class StreamingWindow {
  readonly #rules: Rules;
  #periods: StreamingPeriod[] = [];
  #clockStart: number | undefined;
  #isSent = false;
  #isTimeoutUnreported = false;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  isOpen(now: number): boolean {
    this.#settle(now);
    return this.#current() !== undefined;
  }

  open(now: number): void {
    const isOpen = this.isOpen(now);
    if (isOpen && this.#rules.reopening === "continues") return;
    this.#clockStart = this.#rules.streamingClockStart === "sending" && !this.#isSent ? undefined : now;
    this.#isTimeoutUnreported = false;
    if (!isOpen) this.#periods.push({ openedAt: now, closedAt: undefined, closedBy: undefined });
  }

  close(now: number): void {
    this.#settle(now);
    const current = this.#current();
    if (current !== undefined) this.#end(current, now, "operation");
    this.#isTimeoutUnreported = false;
  }

  /** Notes that the card was sent, which starts the clock if `streamingClockStart` is "sending". */
  sent(now: number): void {
    this.#isSent = true;
    if (this.#current() !== undefined) this.#clockStart ??= now;
  }

  /** Judges a content call: the first one after a timeout finds "timed-out", later ones "closed". */
  contentVerdict(now: number): StreamingVerdict {
    if (this.isOpen(now)) return "open";
    if (!this.#isTimeoutUnreported) return "closed";
    this.#isTimeoutUnreported = false;
    return "timed-out";
  }

  /** Time at which streaming mode will time out; `undefined` while it is off, or while its clock has not started. */
  get closesAt(): number | undefined {
    if (this.#current() === undefined || this.#clockStart === undefined) return undefined;
    return this.#clockStart + this.#rules.autoCloseMs;
  }

  /** True if the last period of streaming mode ended by a timeout, and streaming mode is still off. */
  get endedByTimeout(): boolean {
    return this.#current() === undefined && this.#periods.at(-1)?.closedBy === "timeout";
  }

  get periods(): StreamingPeriod[] {
    return [...this.#periods];
  }

  #settle(now: number): void {
    const current = this.#current();
    if (current === undefined || this.#clockStart === undefined) return;
    const deadline = this.#clockStart + this.#rules.autoCloseMs;
    if (now < deadline) return;
    this.#end(current, deadline, "timeout");
    this.#isTimeoutUnreported = true;
  }

  #current(): StreamingPeriod | undefined {
    const last = this.#periods.at(-1);
    return last?.closedBy === undefined ? last : undefined;
  }

  #end(period: StreamingPeriod, closedAt: number, closedBy: "operation" | "timeout"): void {
    this.#periods[this.#periods.length - 1] = { ...period, closedAt, closedBy };
    this.#clockStart = undefined;
  }
}
