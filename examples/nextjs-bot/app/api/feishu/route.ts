import { feishuWebhook } from "@streamcard/feishu/webhook";
import { streamText } from "ai";
import { after } from "next/server";
import { agent } from "../../../bot/agent.ts";
import { feishu } from "../../../bot/feishu.ts";

/** The address that Feishu sends messages and clicks to. FEISHU_ENCRYPT_KEY proves that they are Feishu's. */
export const POST = feishuWebhook({
  feishu,
  waitUntil: after,
  async onMessage(message) {
    await message.reply(async ({ signal }) =>
      streamText({ ...agent, messages: await message.history(), abortSignal: signal }),
    );
  },
  onFeedback: ({ rating, question }) => console.log(`feedback ${rating}: ${question?.text}`),
});
