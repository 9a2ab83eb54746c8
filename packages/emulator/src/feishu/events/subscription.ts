import { parseJsonObject } from "../../ground/json.ts";
import type { App } from "../world/app.ts";
import type { AppEvents } from "./app-events.ts";
import { createHttpChannel, type DeliveryFetch } from "./http-channel.ts";
import { type Delivery, EVENT_RETRY_MS, Outbox, type Outgoing } from "./outbox.ts";

/** Address that an app configures for its events and callbacks. */
export interface SubscriptionOptions {
  /** URL that receives a POST for each event and click. */
  url: string;
  /** Encrypt Key of the app. Requests are encrypted and signed with it. @defaultValue none: requests are plain JSON, and only the verification token in them proves the sender */
  encryptKey?: string;
  /** App whose events and clicks are sent. @defaultValue the default app */
  appId?: string;
  /** Sends the requests. @defaultValue the global `fetch` */
  fetch?: DeliveryFetch;
  /** Times in milliseconds after which an event that was not accepted is sent again, each from the end of the attempt before. @defaultValue 15 s, 5 min, 1 h, 6 h */
  retryMs?: readonly number[];
}

/** An address that gets an app's events and clicks until it is closed. */
export interface Subscription {
  /**
   * Asks the address to prove itself, as the console does before it saves an address.
   *
   * @throws {TypeError} (as a rejection) when the address does not answer the challenge within one second.
   */
  verify(): Promise<void>;
  /** Lists the attempts to send events and clicks, oldest first. The newest 10,000 are kept. */
  deliveries(): Delivery[];
  /**
   * Sends an event once more, as the platform may do even after it was accepted.
   *
   * @param as `same-event` repeats the event with its id; `new-event` sends the same content under a new id. @defaultValue "same-event"
   * @throws {TypeError} when no event with this id was sent.
   */
  redeliver(eventId: string, as?: "same-event" | "new-event"): void;
  /** Ends the subscription. Events that were not accepted are not sent again. */
  close(): void;
}

const CHALLENGE_LIMIT_MS = 1_000;

/** Sends an app's events and clicks to an address. @throws {TypeError} when there is no such app. */
export function createSubscription(
  { world, messageReceived, messageRecalled, cardClicked }: AppEvents,
  options: SubscriptionOptions,
): Subscription {
  const app = subscribingApp(world.apps, options.appId);
  const { url, encryptKey, fetch = globalThis.fetch, retryMs = EVENT_RETRY_MS } = options;
  const channel = createHttpChannel(world, { url, encryptKey, fetch });
  const outbox = new Outbox(world, channel, retryMs);
  const sendEvent = (event: Outgoing): void => {
    if (event.header.app_id === app.appId) outbox.sendEvent(event);
  };
  const unsubscribe = [
    messageReceived.subscribe(sendEvent),
    messageRecalled.subscribe(sendEvent),
    cardClicked.subscribe((interaction) => {
      if (interaction.event.header.app_id === app.appId) void outbox.sendCallback(interaction);
    }),
  ];
  return {
    verify: async () => {
      const challenge = world.ids.hex("");
      const sentAt = world.clock.now();
      const reception = await channel.send({
        challenge,
        token: app.verificationToken,
        type: "url_verification",
      });
      const isLate = world.clock.now() - sentAt > CHALLENGE_LIMIT_MS;
      const answer = reception.type === "answer" ? parseJsonObject(reception.body) : undefined;
      if (answer?.challenge === challenge && !isLate) return;
      const status = reception.type === "answer" ? `HTTP ${reception.status}` : reception.type;
      throw new TypeError(
        `${url} did not answer the challenge within ${CHALLENGE_LIMIT_MS} ms, received ${status}.`,
      );
    },
    deliveries: () => outbox.deliveries(),
    redeliver: (eventId, as = "same-event") => outbox.sendAgain(eventId, as),
    close: () => {
      for (const end of unsubscribe) end();
      outbox.close();
    },
  };
}

function subscribingApp(apps: readonly App[], appId: string | undefined): App {
  const app = appId === undefined ? apps[0] : apps.find((candidate) => candidate.appId === appId);
  if (app === undefined) throw new TypeError(`There is no app ${String(appId)}.`);
  return app;
}
