import { createFeishu } from "@streamcard/ai-sdk";
import type { FeishuEmulator } from "@streamcard/emulator";
import { type FeishuWebhookOptions, feishuWebhook } from "@streamcard/feishu/webhook";

/** A bot on a Feishu of this machine. */
export interface LocalBot {
  /** Finalizes the cards that are open. The emulator goes on. */
  close(): Promise<void>;
}

/**
 * Puts a webhook where the emulator sends its events, signed and encrypted as the platform does it. Both are in this
 * process, so that nothing has to listen.
 */
export async function startLocalBot(
  emulator: FeishuEmulator,
  options: Pick<FeishuWebhookOptions, "onMessage" | "onFeedback" | "card">,
): Promise<LocalBot> {
  const feishu = createFeishu({ ...emulator.credentials, domain: emulator.url, handleSignals: false });
  const encryptKey = crypto.randomUUID();
  const webhook = feishuWebhook({ ...options, feishu, encryptKey });
  const subscription = emulator.subscribe({
    url: "http://bot.localhost/api/feishu",
    encryptKey,
    fetch: (url, init) => webhook(new Request(url, init)),
  });
  await subscription.verify();
  return {
    async close() {
      subscription.close();
      await webhook.close({ graceMs: 0 });
      await feishu.close();
    },
  };
}
