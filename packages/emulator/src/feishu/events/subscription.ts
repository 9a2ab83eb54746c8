import { parseJsonObject } from "../../ground/json.ts";
import type { EmulatorParts } from "../emulator/emulator-parts.ts";
import type { App } from "../world/app.ts";
import { createHttpChannel, type DeliveryFetch } from "./http-channel.ts";
import { type Delivery, Outbox, type Outgoing } from "./outbox.ts";

/** The address that an app configures for its events and callbacks. */
export interface SubscriptionOptions {
  url: string;
  /** Encrypts and signs what is sent. @defaultValue none: it is sent as it is, with the app's verification token */
  encryptKey?: string;
  /** App id. @defaultValue that of the default app */
  appId?: string;
  /** @defaultValue the global one */
  fetch?: DeliveryFetch;
  /** When an event that was not accepted is sent again, in milliseconds after each attempt. @defaultValue 15 s, 5 min, 1 h, 6 h */
  retryMs?: readonly number[];
}

export interface Subscription {
  /**
   * Asks the address to prove itself, as the console does before it saves it.
   *
   * @throws {TypeError} when it does not answer the challenge within a second.
   */
  verify(): Promise<void>;
  /** What was sent, oldest first. */
  deliveries(): Delivery[];
  /**
   * Sends an event once more, as the platform may do though it was accepted.
   *
   * @param as The same event, or another one that tells of the same thing. @throws {TypeError} when it was never sent.
   */
  redeliver(eventId: string, as?: "same-event" | "new-event"): void;
  /** Sends nothing from now on, nor again what was not accepted. */
  close(): void;
}

const RETRY_MS = [15_000, 5 * 60_000, 3_600_000, 6 * 3_600_000];
const CHALLENGE_LIMIT_MS = 1_000;

/** Sends an app's events and clicks to an address. */
export function createSubscription(
  { world, spoken, recalled, clicked }: EmulatorParts,
  options: SubscriptionOptions,
): Subscription {
  const app = subscribingApp(world.apps, options.appId);
  const { url, encryptKey, fetch = globalThis.fetch, retryMs = RETRY_MS } = options;
  const channel = createHttpChannel(world, { url, encryptKey, fetch });
  const outbox = new Outbox(world, channel, retryMs);
  const sendEvent = (event: Outgoing): void => {
    if (event.header.app_id === app.appId) outbox.sendEvent(event);
  };
  const unsubscribe = [
    spoken.subscribe(sendEvent),
    recalled.subscribe(sendEvent),
    clicked.subscribe((interaction) => {
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
    redeliver: (eventId, as = "same-event") => outbox.sendAgain(eventId, as === "new-event"),
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
