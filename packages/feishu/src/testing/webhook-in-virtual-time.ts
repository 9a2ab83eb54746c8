import type { DeliveryFetch, FeishuEmulatorOptions, SubscriptionOptions } from "@streamcard/emulator";
import { type FeishuWebhookOptions, feishuWebhook } from "../webhook/feishu-webhook.ts";
import { feishuInVirtualTime } from "./feishu-in-virtual-time.ts";

export interface DeskOptions extends Partial<FeishuWebhookOptions> {
  emulator?: FeishuEmulatorOptions;
  subscription?: Partial<SubscriptionOptions>;
  /** Ids for the runs, in place of random ones. */
  nameRun?: () => string;
}

/** Makes a platform, an app and its webhook in virtual time, for tests. Unencrypted, because encryption takes real time. */
export function webhookDesk({
  emulator: emulatorOptions,
  subscription: own,
  nameRun,
  ...options
}: DeskOptions = {}) {
  const desk = feishuInVirtualTime(emulatorOptions);
  const { clock, emulator, feishu } = desk;
  const errors: unknown[] = [];
  const webhook = feishuWebhook({
    feishu: {
      ...feishu,
      card: (card) => feishu.card({ ...card, ...(nameRun !== undefined && { runId: nameRun() }) }),
    },
    clock,
    verificationToken: emulator.apps[0]?.verificationToken ?? "",
    onError: (error) => errors.push(error),
    ...options,
  });
  const fetch: DeliveryFetch = (url, init) => webhook(new Request(url, init));
  const subscription = emulator.subscribe({ url: "https://bot.test/feishu", fetch, ...own });
  return {
    ...desk,
    errors,
    webhook,
    subscription,
    /** Lets time pass in small steps, so that work between timers comes to its end. */
    async pass(ms: number, stepMs = 20): Promise<void> {
      for (let passed = 0; passed < ms; passed += stepMs) {
        for (let turn = 0; turn < 4; turn += 1) await clock.advance(0);
        await clock.advance(Math.min(stepMs, ms - passed));
      }
    },
    /** Reads the notice to the person who clicked last. */
    toast(): string | undefined {
      const { response } = subscription.deliveries().at(-1) ?? {};
      const toast = response?.toast as { content?: string } | undefined;
      return toast?.content;
    },
  };
}

/** Gives a text character by character, at a pace of this clock, until it ends or its signal is aborted. */
export async function* typed(
  text: string,
  {
    clock,
    signal,
    everyMs = 100,
  }: { clock: { sleep(ms: number): Promise<void> }; signal?: AbortSignal; everyMs?: number },
): AsyncGenerator<string> {
  for (const character of text) {
    await clock.sleep(everyMs);
    signal?.throwIfAborted();
    yield character;
  }
}
