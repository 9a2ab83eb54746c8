import { withinTime } from "../../ground/within-time.ts";
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

/** Makes a channel to the address that an app configured. A late answer is not waited for: its request is aborted. */
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
      const late: Reception = { type: "no-answer" };
      const limit = { clock, limitMs: ANSWER_LIMIT_MS, late };
      const reception = await withinTime(post(payload, controller.signal), limit);
      controller.abort();
      return reception;
    },
  };
}
