import type { Clock } from "@streamcard/core";
import type { Urgency } from "@streamcard/core/driver";
import type { ApiBudget, Slot } from "./api-budget.ts";
import type { ApiBudgets, ApiName } from "./api-budgets.ts";
import { isMessageRate } from "./error-codes.ts";
import { callFeishu, type FeishuClientOptions, type FeishuRequest, type Meter } from "./feishu-client.ts";
import { FeishuApiError, FeishuTransportError } from "./feishu-error.ts";
import type { TokenSource } from "./tenant-access-token.ts";

export interface ApiRequest extends FeishuRequest {
  readonly api: ApiName;
  /** Keys of the budgets of messages: the receiver, or the message that it replies to. */
  readonly chats?: readonly string[];
  /** Room that was reserved for this call. */
  readonly slot?: Slot | undefined;
  /** Tells whether the request is still wanted. Called right before sending, because it may wait for room or a token. */
  readonly isWanted?: () => boolean;
}

const TOO_MANY_REQUESTS = 99991400;

/** Wait after a refusal that names none, in milliseconds. */
const RETRY_AFTER_MS = 1_000;

/** The platform's API for one run: with the app's token, within its limits, and with a meter of its calls. */
export class FeishuApi {
  readonly #client: FeishuClientOptions;
  readonly #tokens: TokenSource;
  readonly #budgets: ApiBudgets;
  readonly meter: Meter = { calls: 0, bytes: 0 };
  /** Budgets that calls wait for; a budget that two calls wait for is listed twice. */
  #waitingFor: readonly ApiBudget[] = [];

  constructor(client: FeishuClientOptions, tokens: TokenSource, budgets: ApiBudgets) {
    this.#client = client;
    this.#tokens = tokens;
    this.#budgets = budgets;
  }

  get clock(): Clock {
    return this.#client.clock;
  }

  /** True while a call waits for its turn among others. A wait that a refusal has caused does not count. */
  get isWaiting(): boolean {
    return this.#waitingFor.some(({ isBlocked }) => !isBlocked);
  }

  /**
   * Asks for room for one call.
   *
   * @param ready Called with the room; with `undefined` where calls are not counted.
   * @returns a function that leaves the queue.
   */
  reserve(api: ApiName, urgency: Urgency, ready: (slot: Slot | undefined) => void): () => void {
    return this.#enter(this.#budgets.api(api), urgency, ready);
  }

  /**
   * Sends a request once there is room for it. A refused token is renewed once.
   *
   * @throws {FeishuApiError} when the platform answers with an error.
   * @throws {FeishuTransportError} when there is no answer of the platform, or the request is no longer wanted.
   */
  async call({
    api,
    chats = [],
    slot,
    isWanted,
    ...request
  }: ApiRequest): Promise<Readonly<Record<string, unknown>>> {
    const ofChats: (Slot | undefined)[] = [];
    for (const chat of chats) ofChats.push(await this.#room(this.#budgets.chat(chat)));
    const ofApi = slot ?? (await this.#room(this.#budgets.api(api)));
    try {
      return await this.#callWithToken(request, isWanted);
    } catch (error) {
      if (error instanceof FeishuApiError) this.#noteRate(error, api, chats);
      throw error;
    } finally {
      ofApi?.leave();
      for (const room of ofChats) room?.leave();
    }
  }

  async #callWithToken(
    request: FeishuRequest,
    isWanted?: () => boolean,
  ): Promise<Readonly<Record<string, unknown>>> {
    const send = async (token: string) => {
      // A card may be given up while its request waits for a token.
      if (isWanted?.() === false) {
        const { attempt } = request;
        throw new FeishuTransportError({ attempt, reason: "the card was given up", mayHaveArrived: false });
      }
      return callFeishu(this.#client, { ...request, token }, this.meter);
    };
    const token = await this.#tokens.token(this.meter);
    try {
      return await send(token);
    } catch (error) {
      if (!(error instanceof FeishuApiError) || error.remedy !== "refresh-token") throw error;
      // Tokens end before their time when the secret is changed.
      this.#tokens.reject(token);
      return send(await this.#tokens.token(this.meter));
    }
  }

  #noteRate(
    { platformCode, retryAfterMs = RETRY_AFTER_MS }: FeishuApiError,
    api: ApiName,
    chats: readonly string[],
  ): void {
    if (platformCode === TOO_MANY_REQUESTS) this.#budgets.refused(api, retryAfterMs);
    if (!isMessageRate(platformCode)) return;
    for (const chat of chats) this.#budgets.chat(chat).refused(retryAfterMs);
  }

  #room(budget: ApiBudget | undefined): Promise<Slot | undefined> {
    return new Promise((resolve) => this.#enter(budget, "urgent", resolve));
  }

  #enter(
    budget: ApiBudget | undefined,
    urgency: Urgency,
    ready: (slot: Slot | undefined) => void,
  ): () => void {
    if (budget === undefined) {
      ready(undefined);
      return () => {};
    }
    let isWaiting = true;
    this.#waitingFor = this.#waitingFor.concat(budget);
    const stopWaiting = () => {
      if (isWaiting) this.#waitingFor = this.#waitingFor.toSpliced(this.#waitingFor.indexOf(budget), 1);
      isWaiting = false;
    };
    const leave = budget.enter(urgency, (slot) => {
      stopWaiting();
      ready(slot);
    });
    return () => {
      stopWaiting();
      leave();
    };
  }
}
