import { Command } from "@langchain/langgraph";
import { type FeishuWebhookOptions, feishuWebhook } from "@streamcard/feishu/webhook";
import { FeishuCardHandler } from "@streamcard/langchain";
import { graph } from "./graph.ts";

/** A bot whose graph waits for Approve or Deny on its card, and goes on on a new card that replies to that one. */
export function createBot(options: Omit<FeishuWebhookOptions, "onMessage">) {
  const handler = new FeishuCardHandler({ feishu: options.feishu });
  return feishuWebhook({
    ...options,
    async onMessage(message) {
      // The graph's state is in its checkpointer, under the id of the question.
      const run = { ...handler.run(message.target), configurable: { thread_id: message.id } };
      const [decision] = message.decisions;
      if (decision === undefined) await graph.invoke({ messages: message.text }, run);
      else await graph.invoke(new Command({ resume: { [decision.approvalId]: decision.isApproved } }), run);
    },
  });
}
