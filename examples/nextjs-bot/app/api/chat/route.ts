import { pipeToCard } from "@streamcard/ai-sdk";
import { convertToModelMessages, safeValidateUIMessages, streamText } from "ai";
import { after } from "next/server";
import { agent } from "../../../bot/agent.ts";
import { feishu } from "../../../bot/feishu.ts";

/**
 * Shows one run in the browser and on a card at once. Anybody may call it: in an app of your own, check who they are.
 */
export async function POST(request: Request): Promise<Response> {
  const { messages, onLeave } = Object(await request.json().catch(() => undefined));
  const validated = await safeValidateUIMessages({ messages });
  if (!validated.success) {
    const error = `"messages" must be those of useChat(). ${validated.error.message}`;
    return Response.json({ error }, { status: 400 });
  }
  const prompt = await convertToModelMessages(validated.data);
  // With the request's signal the card, and through it the run, ends when the browser leaves. Without it both go on,
  // because the card reads the run by itself.
  const card = feishu.card({
    to: process.env.FEISHU_TO,
    ...(onLeave === "stop" && { signal: request.signal }),
  });
  const { model, instructions } = agent;
  const result = streamText({ model, instructions, messages: prompt, abortSignal: card.signal });
  after(pipeToCard(result.stream, card));
  return result.toUIMessageStreamResponse();
}
