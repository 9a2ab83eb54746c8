import { BoundedMap } from "../../ground/bounded-map.ts";
import { type JsonObject, parseJsonObject } from "../../ground/json.ts";
import type { Interaction } from "../people/click.ts";
import type { World } from "../world/world.ts";
import type { Channel, Reception } from "./channel.ts";

/** One time that an event or a callback was sent to the app. */
export interface Delivery {
  readonly eventId: string;
  readonly eventType: string;
  /** 1 for the first time; events are sent again, callbacks are not. */
  readonly attempt: number;
  readonly sentAt: number;
  answeredAt?: number;
  /** `refused`: an answer other than HTTP 200. */
  outcome: "under-way" | "accepted" | "refused" | "no-answer" | "unreachable";
  status?: number;
  /** The body of the answer, where it is a JSON object. */
  response?: JsonObject;
  /** What a person who clicked is told went wrong. */
  code?: number;
}

/** What is sent has at least these fields. */
export interface Outgoing {
  header: { event_id: string; event_type: string; app_id: string };
}

const MAX_DELIVERIES = 10_000;

/** Sends events and callbacks over one channel, with the platform's patience. */
export class Outbox {
  readonly #world: World;
  readonly #channel: Channel;
  readonly #retryMs: readonly number[];
  readonly #deliveries: Delivery[] = [];
  readonly #events = new BoundedMap<string, Outgoing>(MAX_DELIVERIES);
  readonly #timers = new Set<unknown>();
  #isClosed = false;

  constructor(world: World, channel: Channel, retryMs: readonly number[]) {
    this.#world = world;
    this.#channel = channel;
    this.#retryMs = retryMs;
  }

  /** Oldest first; copies. */
  deliveries(): Delivery[] {
    return this.#deliveries.map((delivery) => ({ ...delivery }));
  }

  /** Sends an event, and again after each delay until it is accepted. */
  sendEvent(event: Outgoing): void {
    this.#events.set(event.header.event_id, event);
    void this.#attempt(event, 1);
  }

  /** Sends an event once more, as the platform may do though it was accepted. @throws {TypeError} when there is none. */
  sendAgain(eventId: string, asNewEvent: boolean): void {
    const event = this.#events.get(eventId);
    if (event === undefined) throw new TypeError(`No event ${JSON.stringify(eventId)} was sent.`);
    if (!asNewEvent) return void this.#attempt(event, this.#attempts(eventId) + 1);
    const header = { ...event.header, event_id: this.#world.ids.hex("") };
    this.sendEvent({ ...event, header });
  }

  /** Sends a click, and gives its answer to the person who clicked. */
  async sendCallback(interaction: Interaction): Promise<void> {
    const delivery = this.#begin(interaction.event, 1);
    const reception = await this.#channel.send(interaction.event);
    if (this.#isClosed) return;
    this.#finish(delivery, reception);
    const code = failureCode(reception, delivery.response);
    if (code !== undefined) {
      delivery.code = code;
      interaction.fail(code);
      return;
    }
    const verdict = interaction.answer(delivery.response ?? {});
    if (verdict.code !== undefined) delivery.code = verdict.code;
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) this.#world.clock.clearTimeout(timer);
    this.#timers.clear();
  }

  async #attempt(event: Outgoing, attempt: number): Promise<void> {
    const delivery = this.#begin(event, attempt);
    this.#finish(delivery, await this.#channel.send(event));
    const delayMs = this.#retryMs[attempt - 1];
    if (delivery.outcome === "accepted" || delayMs === undefined || this.#isClosed) return;
    const timer = this.#world.clock.setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(event, attempt + 1);
    }, delayMs);
    this.#timers.add(timer);
  }

  #begin({ header }: Outgoing, attempt: number): Delivery {
    const delivery: Delivery = {
      eventId: header.event_id,
      eventType: header.event_type,
      attempt,
      sentAt: this.#world.clock.now(),
      outcome: "under-way",
    };
    this.#deliveries.push(delivery);
    if (this.#deliveries.length > MAX_DELIVERIES) this.#deliveries.shift();
    return delivery;
  }

  #finish(delivery: Delivery, reception: Reception): void {
    if (reception.type !== "answer") {
      delivery.outcome = reception.type;
      return;
    }
    delivery.answeredAt = this.#world.clock.now();
    delivery.status = reception.status;
    delivery.outcome = reception.status === 200 ? "accepted" : "refused";
    const response = parseJsonObject(reception.body);
    if (response !== undefined) delivery.response = response;
  }

  #attempts(eventId: string): number {
    return this.#deliveries.filter((delivery) => delivery.eventId === eventId).length;
  }
}

/** See https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication */
function failureCode(reception: Reception, response: JsonObject | undefined): number | undefined {
  if (reception.type === "no-answer") return 200341;
  if (reception.type === "unreachable") return 200342;
  if (reception.status !== 200) return 200671;
  return response === undefined && reception.body.trim() !== "" ? 200672 : undefined;
}
