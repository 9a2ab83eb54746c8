import type { World } from "../world/world.ts";
import { ANSWER_LIMIT_MS, type Channel, type Reception } from "./channel.ts";
import { sealEvent } from "./seal-event.ts";

/** The part of `fetch` that deliveries use. */
export type DeliveryFetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body: string;
    signal: AbortSignal;
    redirect: "manual";
  },
) => Promise<{ readonly status: number; text(): Promise<string> }>;

export interface Address {
  url: string;
  encryptKey: string | undefined;
  fetch: DeliveryFetch;
}

/** Sends to the address that an app configured. */
export function createHttpChannel({ clock, ids }: World, { url, encryptKey, fetch }: Address): Channel {
  const post = async (payload: object, signal: AbortSignal): Promise<Reception> => {
    const { body, headers } = sealEvent(payload, {
      encryptKey,
      timestamp: Math.floor(clock.now() / 1000),
      nonce: ids.hex("", 16),
      iv: Buffer.from(ids.hex(""), "hex"),
    });
    try {
      const answer = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
      return { type: "answer", status: answer.status, body: await answer.text() };
    } catch {
      return { type: "unreachable" };
    }
  };
  return {
    send: async (payload) => {
      const controller = new AbortController();
      let timer: unknown;
      const timeIsUp = new Promise<Reception>((resolve) => {
        timer = clock.setTimeout(() => resolve({ type: "no-answer" }), ANSWER_LIMIT_MS);
      });
      const reception = await Promise.race([post(payload, controller.signal), timeIsUp]);
      clock.clearTimeout(timer);
      controller.abort();
      return reception;
    },
  };
}
