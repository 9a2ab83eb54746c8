/**
 * Code as users write it, for both lines of LangChain, without a cast: compiled by the type check, never run.
 */
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { AIMessageChunk } from "@langchain/core/messages";
import type { FeishuMessage } from "@streamcard/feishu/webhook";
import { createAgent } from "langchain";
import * as older from "langchain-0.3";
import { expectTypeOf } from "vitest";
import {
  type CardResult,
  createFeishu,
  FeishuCardHandler,
  feishuCard,
  pipeToCard,
  toLangChainMessages,
} from "./index.ts";

declare const model: BaseChatModel;
declare const olderModel: older.chatModels.BaseChatModel;
declare const signal: AbortSignal;
declare const message: FeishuMessage;

const to = "oc_1";
const handler = new FeishuCardHandler({ to });
const callbacks = [handler];
const messages = [{ role: "user" as const, content: "天气？" }];

export async function worksWithTheNewerLine(): Promise<void> {
  const agent = createAgent({ model, tools: [] });
  await agent.invoke({ messages }, { callbacks });
  await agent.invoke({ messages }, handler.run({ to }));
  await agent.invoke({ messages }, { ...handler.run({ to }), configurable: { thread_id: "1" } });
  await agent.invoke({ messages }, { callbacks, signal: handler.signal, metadata: { streamcard: { to } } });
  await model.invoke("天气？", handler.run({ replyTo: "om_1" }));
  await model.batch(["一", "二"], handler.run());
  for await (const chunk of handler.watch(await model.stream("天气？", { callbacks }))) {
    expectTypeOf(chunk).toEqualTypeOf<AIMessageChunk>();
  }
  const run = handler.run();
  for await (const chunk of run.watch(agent.stream({ messages }, { ...run, streamMode: "messages" }))) {
    expectTypeOf(chunk).not.toBeAny();
  }
  const card = feishuCard({ to });
  expectTypeOf(pipeToCard(model.stream("天气？"), card)).resolves.toEqualTypeOf<CardResult>();
  await pipeToCard(agent.stream({ messages }, { streamMode: ["messages", "updates"] }), card);
  await pipeToCard(agent.streamEvents({ messages }, { version: "v2" }), card);
  model.withConfig({ callbacks });
  await agent.invoke({ messages: toLangChainMessages(await message.history()) }, handler.run(message.target));
}

export async function worksWithTheOlderLine(): Promise<void> {
  const agent = older.prebuilt.createReactAgent({ llm: olderModel, tools: [] });
  await agent.invoke({ messages }, { callbacks });
  await agent.invoke({ messages }, handler.run({ to }));
  await agent.invoke({ messages }, { ...handler.run({ to }), configurable: { thread_id: "1" } });
  await olderModel.invoke("天气？", handler.run());
  for await (const chunk of handler.watch(olderModel.stream("天气？", { callbacks }))) {
    expectTypeOf(chunk).toEqualTypeOf<older.messages.AIMessageChunk>();
  }
  await pipeToCard(agent.stream({ messages }, { streamMode: "messages" }), feishuCard({ to }));
  olderModel.withConfig({ callbacks });
  await olderModel.invoke(toLangChainMessages(await message.history()), handler.run(message.target));
}

export function takesItsOptions(): void {
  new FeishuCardHandler({ feishu: createFeishu(), to, signal, locale: "en-US", timeouts: { idleMs: 1 } });
  new FeishuCardHandler({
    isAnswer: ({ isAnswerByDefault, tags }) => isAnswerByDefault && !tags.includes("plan"),
  });
  new FeishuCardHandler({
    onCard: (card, { runId }) => void card.result.then(({ status }) => [runId, status]),
  });
  // @ts-expect-error No such option.
  new FeishuCardHandler({ too: to });
  // @ts-expect-error An agent is no stream.
  void pipeToCard(createAgent({ model, tools: [] }), feishuCard({ to }));
}

export function acceptsOptionsOfWhatIsShown(): void {
  const shown = {
    reasoning: "hide",
    tools: { details: false },
    footer: { tokens: true },
    notify: true,
  } as const;
  new FeishuCardHandler({ ...shown, layout: (blocks) => blocks }).run({ ...shown, sources: false });
  // @ts-expect-error a word that is none
  handler.run({ tools: "folded" });
}
