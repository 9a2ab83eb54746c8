import { pipeToCard } from "@streamcard/ai-sdk";
import { convertToModelMessages, streamText, type UIMessage } from "ai";
import { after } from "next/server";
import { agent } from "../../../bot/agent.ts";
import { feishu } from "../../../bot/feishu.ts";

interface ChatRequest {
  readonly messages: UIMessage[];
  /** What happens to the run when the browser goes away. */
  readonly onLeave: "stop" | "finish";
}

/** One run, in the browser and on a card at once. */
export async function POST(request: Request): Promise<Response> {
  const { messages, onLeave }: ChatRequest = await request.json();
  const prompt = await convertToModelMessages(messages);
  // With the request's signal the card, and through it the run, ends with the request. Without, both go on: the card
  // reads the run by itself.
  const card = feishu.card({
    to: process.env.FEISHU_TO,
    ...(onLeave === "stop" && { signal: request.signal }),
  });
  const { model, instructions } = agent;
  const result = streamText({ model, instructions, messages: prompt, abortSignal: card.signal });
  after(pipeToCard(result.stream, card));
  return result.toUIMessageStreamResponse();
}
