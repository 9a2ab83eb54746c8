import { BoundedList } from "../../ground/bounded-list.ts";
import { BoundedMap } from "../../ground/bounded-map.ts";
import { type JsonObject, parseJsonObject } from "../../ground/json.ts";
import { NO_ANSWER_IN_TIME, NOT_JSON, UNREACHABLE, WRONG_STATUS } from "../people/callback-codes.ts";
import type { Interaction } from "../people/interaction.ts";
import type { World } from "../world/world.ts";
import type { Channel, Reception } from "./channel.ts";

/** One attempt to send an event or a callback to an app. Times are in milliseconds of the emulator's clock. */
export interface Delivery {
  /** Id of the event. All attempts to send one event have the same. */
  readonly eventId: string;
  /** Type of the event, such as `im.message.receive_v1`, or `card.action.trigger` for a click. */
  readonly eventType: string;
  /** Number of the attempt, from 1. Only events are sent again, callbacks of clicks are not. */
  readonly attempt: number;
  /** Time at which the attempt began. */
  readonly sentAt: number;
  /** Time of the app's answer; absent if there was none. */
  answeredAt?: number;
  /** Result of the attempt. `refused` is an answer with an HTTP status other than 200. */
  outcome: "under-way" | "accepted" | "refused" | "no-answer" | "unreachable";
  /** HTTP status of the app's answer. */
  status?: number;
  /** Body of the app's answer, if it is a JSON object. */
  response?: JsonObject;
  /** Error code that the person who clicked is shown. */
  code?: number;
}

/** An event or a callback: the fields that all of them have. */
export interface Outgoing {
  header: { event_id: string; event_type: string; app_id: string };
}

/** Times after which an event that was not accepted is sent again, each from the end of the attempt before. */
export const EVENT_RETRY_MS: readonly number[] = [15_000, 5 * 60_000, 3_600_000, 6 * 3_600_000];

const MAX_DELIVERIES = 10_000;

/** Sends events and callbacks over one channel. Events that are not accepted are sent again. */
export class Outbox {
  readonly #world: World;
  readonly #channel: Channel;
  readonly #retryMs: readonly number[];
  readonly #deliveries = new BoundedList<Delivery>(MAX_DELIVERIES);
  readonly #events = new BoundedMap<string, Outgoing>(MAX_DELIVERIES);
  readonly #timers = new Set<unknown>();
  #isClosed = false;

  constructor(world: World, channel: Channel, retryMs: readonly number[]) {
    this.#world = world;
    this.#channel = channel;
    this.#retryMs = retryMs;
  }

  /** Lists copies of the newest 10,000 deliveries, oldest first. */
  deliveries(): Delivery[] {
    return this.#deliveries.newest().map((delivery) => ({ ...delivery }));
  }

  /** Sends an event, and again after each delay until it is accepted. */
  sendEvent(event: Outgoing): void {
    this.#events.set(event.header.event_id, event);
    void this.#attempt(event, 1);
  }

  /** Sends an event once more, as the platform may do even after it was accepted. @throws {TypeError} when it was never sent. */
  sendAgain(eventId: string, as: "same-event" | "new-event"): void {
    const event = this.#events.get(eventId);
    if (event === undefined) throw new TypeError(`No event ${JSON.stringify(eventId)} was sent.`);
    if (as === "same-event") return void this.#attempt(event, this.#attempts(eventId) + 1);
    const header = { ...event.header, event_id: this.#world.ids.hex("") };
    this.sendEvent({ ...event, header });
  }

  /** Sends a click, and gives the app's answer to the person who clicked. */
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
    this.#deliveries.add(delivery);
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
    return this.#deliveries.newest().filter((delivery) => delivery.eventId === eventId).length;
  }
}

/** Finds the error code for a callback's answer; `undefined` for an answer that is in order. */
function failureCode(reception: Reception, response: JsonObject | undefined): number | undefined {
  if (reception.type === "no-answer") return NO_ANSWER_IN_TIME;
  if (reception.type === "unreachable") return UNREACHABLE;
  if (reception.status !== 200) return WRONG_STATUS;
  return response === undefined && reception.body.trim() !== "" ? NOT_JSON : undefined;
}
