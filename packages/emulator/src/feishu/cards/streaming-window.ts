import type { FeishuRules } from "../rules/feishu-rules.ts";

/** One time that a card was in streaming mode. */
export interface StreamingPeriod {
  readonly openedAt: number;
  readonly closedAt: number | undefined;
  /** What ended it: an operation of the app, or the platform after its time was up. */
  readonly closedBy: "operation" | "timeout" | undefined;
}

/** What a content call meets. */
export type StreamingVerdict = "open" | "timed-out" | "closed";

type Rules = Pick<FeishuRules, "autoCloseMs" | "reopening" | "streamingClockStart">;

/** Whether a card is in streaming mode, which the platform ends by itself some time after it was switched on. */
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

  sent(now: number): void {
    this.#isSent = true;
    if (this.#current() !== undefined) this.#clockStart ??= now;
  }

  /** The first content call after a timeout is told so, the later ones only that streaming mode is off. */
  contentVerdict(now: number): StreamingVerdict {
    if (this.isOpen(now)) return "open";
    if (!this.#isTimeoutUnreported) return "closed";
    this.#isTimeoutUnreported = false;
    return "timed-out";
  }

  /** When streaming mode will end itself; `undefined` while it is off, or its clock has not started. */
  get closesAt(): number | undefined {
    if (this.#current() === undefined || this.#clockStart === undefined) return undefined;
    return this.#clockStart + this.#rules.autoCloseMs;
  }

  /** Whether streaming mode ended itself and was not switched on or off since. */
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
