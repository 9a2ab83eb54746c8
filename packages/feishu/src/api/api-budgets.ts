import type { Clock } from "@streamcard/core";
import { BoundedMap } from "@streamcard/core/internal";
import { ApiBudget } from "./api-budget.ts";
import { limits } from "./limits.ts";

/** An API whose calls are counted, apart from those of others. */
export type ApiName =
  | "create"
  | "send"
  | "reply"
  | "content"
  | "batch"
  | "update"
  | "settings"
  | "image"
  | "other";

/** APIs that one page of the documents exempts from limits while streaming mode is on. */
const exemptWhileStreaming: ReadonlySet<ApiName> = new Set(["content", "batch", "update"]);

export type Rate = "documented" | "streaming-exempt";

/** Largest number of chats whose messages are counted; the one that was used longest ago is forgotten. */
const MAX_CHATS = 1_000;

/** The budgets of one app in its tenant. */
export class ApiBudgets {
  readonly #clock: Clock;
  readonly #rate: Rate;
  readonly #apis = new Map<ApiName, ApiBudget>();
  readonly #chats = new BoundedMap<string, ApiBudget>(MAX_CHATS);
  readonly #refused = new Set<ApiName>();

  constructor(clock: Clock, rate: Rate = "documented") {
    this.#clock = clock;
    this.#rate = rate;
  }

  /** Finds the budget of an API. @returns `undefined` where its calls are not counted. */
  api(name: ApiName): ApiBudget | undefined {
    const isExempt = this.#rate === "streaming-exempt" && exemptWhileStreaming.has(name);
    // A refusal of the platform counts for more than its documents.
    if (isExempt && !this.#refused.has(name)) return undefined;
    const known = this.#apis.get(name) ?? new ApiBudget(this.#clock, limits.apiCalls);
    this.#apis.set(name, known);
    return known;
  }

  /** Finds the budget of messages to one chat or person, or in reply to one message. */
  chat(id: string): ApiBudget {
    const known = this.#chats.get(id) ?? new ApiBudget(this.#clock, limits.chatMessages);
    this.#chats.set(id, known);
    return known;
  }

  /** Notes that the platform refused a call for its rate. */
  refused(name: ApiName, retryAfterMs: number): void {
    this.#refused.add(name);
    this.api(name)?.refused(retryAfterMs);
  }
}
