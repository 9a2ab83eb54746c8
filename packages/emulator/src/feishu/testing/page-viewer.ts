import { emptyState, type PageState, reducePage } from "../../page/state/page-state.ts";
import type { PageEvent } from "../../page-protocol/page-event.ts";
import { createManualClock, type ManualClock } from "../../testing/manual-clock.ts";
import { exposeEmulator } from "../emulator/create-feishu-emulator.ts";
import type { FeishuEmulatorOptions } from "../emulator/emulator-options.ts";
import { createEmulatorParts, type EmulatorParts } from "../emulator/emulator-parts.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import { createPageFeed, type PageFeed } from "../live-page/page-feed.ts";
import { type ApiClient, createApiClient } from "./api-client.ts";

/** An emulator in virtual time, an app that is signed in to it, and the feed that its page would get. */
export interface WatchedTenant {
  clock: ManualClock;
  emulator: FeishuEmulator;
  parts: EmulatorParts;
  api: ApiClient;
  feed: PageFeed;
}

export async function setUpWatched(
  options: Omit<FeishuEmulatorOptions, "clock"> = {},
): Promise<WatchedTenant> {
  const clock = createManualClock();
  const parts = createEmulatorParts({ ...options, clock });
  const emulator = exposeEmulator(parts, "https://feishu-emulator.test", async () => {});
  return { clock, emulator, parts, api: await createApiClient(emulator), feed: createPageFeed(parts.world) };
}

/** A page without a browser: the events that it got, and the state that it made of them. */
export interface PageViewer {
  readonly events: PageEvent[];
  readonly state: PageState;
  leave(): void;
}

export function lookAt(
  { feed, parts }: WatchedTenant,
  chatId: string | undefined,
  messageCount = 50,
): PageViewer {
  const [person] = parts.world.people;
  if (person === undefined) throw new Error("There is nobody to look.");
  const events: PageEvent[] = [];
  let state = reducePage(emptyState, { type: "chat-opened", chatId });
  const leave = feed.connect({
    person,
    chatId,
    messageCount,
    send: (event) => {
      // Copied, because over the wire an event does not change after it was sent.
      const sent = structuredClone(event);
      events.push(sent);
      state = reducePage(state, sent);
    },
  });
  return {
    events,
    leave,
    get state() {
      return state;
    },
  };
}
