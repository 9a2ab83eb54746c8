/**
 * Code as users write it, for each major of the SDK, without a cast: compiled by the type check, never run.
 */
import { type FeishuMessage, feishuWebhook } from "@streamcard/feishu/webhook";
import * as ai7 from "ai";
import * as ai5 from "ai5";
import * as ai6 from "ai6";
import { expectTypeOf } from "vitest";
import { z } from "zod";
import {
  type ActionOptions,
  type CardBlock,
  type CardResult,
  cardCallbacks,
  cardTransform,
  createFeishu,
  type FooterOptions,
  feishuCard,
  type Layout,
  pipeable,
  pipeToCard,
  type ToFeishuCardOptions,
  type ToolOptions,
  toFeishuCard,
} from "./index.ts";
import { streamText } from "./stream-text.ts";

declare const model5: Exclude<ai5.LanguageModel, string>;
declare const abortSignal: AbortSignal;

const prompt = "天气？";
const to = "oc_1";
const inputSchema = z.object({ city: z.string() });
const execute = async ({ city }: { city: string }) => ({ city, celsius: 21 });
const model = model5;

const tools5 = { weather: ai5.tool({ inputSchema, execute }) };
const tools6 = { weather: ai6.tool({ inputSchema, execute }) };
const tools7 = { weather: ai7.tool({ inputSchema, execute }) };

export async function acceptsRunsOfVersion5(): Promise<void> {
  const run = ai5.streamText({ model, prompt, tools: tools5, stopWhen: ai5.stepCountIs(3) });
  expectTypeOf(toFeishuCard(run, { to })).resolves.toEqualTypeOf<CardResult>();
  await toFeishuCard(({ signal }) => ai5.streamText({ model, prompt, abortSignal: signal }), { to });
  await toFeishuCard(async () => ai5.streamText({ model, prompt }), { to, signal: abortSignal });
  await toFeishuCard(ai5.streamObject({ model, prompt, schema: inputSchema }), { to });
  await toFeishuCard(ai5.generateText({ model, prompt, tools: tools5 }), { to });
  await toFeishuCard(await ai5.generateText({ model, prompt }), { to });
  await toFeishuCard(new ai5.Experimental_Agent({ model, tools: tools5 }).stream({ prompt }), { to });
  await toFeishuCard(new ai5.Experimental_Agent({ model }).generate({ prompt }), { to });
  await toFeishuCard(run.fullStream, { to });
  await toFeishuCard(run.textStream, { to });
  await toFeishuCard(run.toUIMessageStream(), { to });
  await toFeishuCard(ai5.createUIMessageStream({ execute: () => {} }), { to });
  await run.fullStream.pipeTo(feishuCard({ to }));
  await run.textStream.pipeTo(feishuCard({ to }));
  await run.toUIMessageStream().pipeTo(feishuCard({ to }));
  const output = ai5.Output.object({ schema: inputSchema });
  await toFeishuCard(ai5.streamText({ model, prompt, experimental_output: output }), { to });
}

export async function acceptsRunsOfVersion6(): Promise<void> {
  const run = ai6.streamText({ model, prompt, tools: tools6, stopWhen: ai6.stepCountIs(3) });
  const agent = new ai6.ToolLoopAgent({ model, tools: tools6 });
  await toFeishuCard(run, { to });
  await toFeishuCard(({ signal }) => agent.stream({ prompt, abortSignal: signal }), { to });
  await toFeishuCard(agent.stream({ prompt }), { to });
  await toFeishuCard(await agent.stream({ prompt }), { to });
  await toFeishuCard(agent.generate({ prompt }), { to });
  await toFeishuCard(ai6.streamObject({ model, prompt, schema: inputSchema }), { to });
  await toFeishuCard(ai6.generateText({ model, prompt, tools: tools6 }), { to });
  await toFeishuCard(run.fullStream, { to });
  await toFeishuCard(run.textStream, { to });
  await toFeishuCard(run.toUIMessageStream(), { to });
  await run.fullStream.pipeTo(feishuCard({ to }));
  await run.textStream.pipeTo(feishuCard({ to }));
  await run.toUIMessageStream().pipeTo(feishuCard({ to }));
  const output = ai6.Output.array({ element: inputSchema });
  await toFeishuCard(ai6.streamText({ model, prompt, output }), { to });
}

export async function acceptsRunsOfVersion7(): Promise<void> {
  const run = ai7.streamText({ model, prompt, tools: tools7, stopWhen: ai7.isStepCount(3) });
  const agent = new ai7.ToolLoopAgent({ model, tools: tools7 });
  await toFeishuCard(run, { to });
  await toFeishuCard(({ signal }) => agent.stream({ prompt, abortSignal: signal }), { to });
  await toFeishuCard(agent.stream({ prompt }), { to });
  await toFeishuCard(await agent.stream({ prompt }), { to });
  await toFeishuCard(agent.generate({ prompt }), { to });
  await toFeishuCard(ai7.experimental_streamTextLowMemory({ model, prompt }), { to });
  await toFeishuCard(ai7.streamObject({ model, prompt, schema: inputSchema }), { to });
  await toFeishuCard(ai7.generateText({ model, prompt, tools: tools7 }), { to });
  await toFeishuCard(run.stream, { to });
  await toFeishuCard(run.textStream, { to });
  await toFeishuCard(ai7.toTextStream({ stream: run.stream }), { to });
  await toFeishuCard(ai7.toUIMessageStream({ stream: run.stream }), { to });
  await run.stream.pipeTo(feishuCard({ to }));
  await run.textStream.pipeTo(feishuCard({ to }));
  await ai7.toUIMessageStream({ stream: run.stream }).pipeTo(feishuCard({ to }));
  const output = ai7.Output.json();
  await toFeishuCard(ai7.streamText({ model, prompt, output }), { to });
}

export async function acceptsWholeAnswersAndLanes(): Promise<void> {
  const run = ai7.streamText({ model, prompt, tools: tools7 });
  await toFeishuCard((await ai5.generateText({ model, prompt })).text, { to });
  await toFeishuCard(async () => "天空是蓝色的。", { to });
  await pipeToCard(run.text, feishuCard({ to }));
  await pipeToCard(
    ({ signal }) => ai7.streamText({ model, prompt, abortSignal: signal }),
    feishuCard({ to }),
  );
  const lanes = {
    five: () => ai5.streamText({ model, prompt }),
    six: ai6.generateText({ model, prompt }),
    seven: run,
  };
  await pipeToCard(lanes, feishuCard({ to }), { lanes: { concurrency: 2 } });
  await toFeishuCard(lanes, { to, lanes: { layout: "panels" } });
}

export async function acceptsWhateverMajorItIs(version: 5 | 6 | 7): Promise<void> {
  const runs = {
    5: () => ai5.streamText({ model, prompt, tools: tools5 }),
    6: () => ai6.streamText({ model, prompt, tools: tools6 }),
    7: () => ai7.streamText({ model, prompt, tools: tools7 }),
  };
  await toFeishuCard(runs[version](), { to });
  await toFeishuCard(() => runs[version](), { to, feishu: createFeishu() });
  await pipeable(runs[version]()).pipeTo(feishuCard);
}

export async function keepsTheTypesOfTheResult(): Promise<void> {
  const five = pipeable(ai5.streamText({ model, prompt, tools: tools5 }));
  const six = pipeable(ai6.streamText({ model, prompt, tools: tools6 }));
  const seven = pipeable(ai7.streamText({ model, prompt, tools: tools7 }));
  expectTypeOf(five.pipeTo(feishuCard({ to }))).resolves.toEqualTypeOf<CardResult>();
  expectTypeOf(six.pipeTo(feishuCard)).resolves.toEqualTypeOf<CardResult>();
  for (const run of [five, six, seven]) expectTypeOf(run.text).resolves.toBeString();
  for (const result of await seven.toolResults) {
    if (!result.dynamic) expectTypeOf(result.output.celsius).toBeNumber();
  }
  await pipeable(new ai7.ToolLoopAgent({ model }).stream({ prompt })).pipeTo(feishuCard({ to }));
}

export async function keepsTheTypesOfTools(): Promise<void> {
  const card = feishuCard({ to });
  const experimental_transform = cardTransform(card);
  const callbacks = cardCallbacks(card);
  const five = ai5.streamText({ model, prompt, tools: tools5, experimental_transform, ...callbacks });
  const six = ai6.streamText({ model, prompt, tools: tools6, experimental_transform, ...callbacks });
  const seven = ai7.streamText({ model, prompt, tools: tools7, experimental_transform, ...callbacks });
  for (const call of await five.toolCalls) if (!call.dynamic) expectTypeOf(call.input.city).toBeString();
  for (const call of await six.toolCalls) if (!call.dynamic) expectTypeOf(call.input.city).toBeString();
  for (const call of await seven.toolCalls) if (!call.dynamic) expectTypeOf(call.input.city).toBeString();
  ai6.streamText({ model, prompt, experimental_transform: [ai6.smoothStream(), cardTransform(feishuCard)] });
  void new ai6.ToolLoopAgent({ model }).stream({ prompt, experimental_transform, ...callbacks });
  void new ai7.ToolLoopAgent({ model }).stream({ prompt, experimental_transform, ...callbacks });
}

export async function isTheSdksOwnStreamText(): Promise<void> {
  const run = streamText({
    model,
    prompt,
    tools: tools7,
    output: ai7.Output.object({ schema: inputSchema }),
  });
  expectTypeOf(run.pipeTo(feishuCard)).resolves.toEqualTypeOf<CardResult>();
  expectTypeOf(run.output).resolves.toEqualTypeOf<{ city: string }>();
  for (const call of await run.toolCalls) if (!call.dynamic) expectTypeOf(call.input.city).toBeString();
  const needy = ai7.tool({ inputSchema, contextSchema: z.object({ key: z.string() }), execute });
  streamText({ model, prompt, tools: { needy }, toolsContext: { needy: { key: "k" } } });
  // @ts-expect-error The tool's context is missing.
  streamText({ model, prompt, tools: { needy } });
  // @ts-expect-error No such option.
  streamText({ model, prompt, promt: "typo" });
}

export function refusesWhatNeverWorks(): void {
  // @ts-expect-error A number is no source.
  void toFeishuCard(42, { to });
  // @ts-expect-error Texts are no lanes.
  void toFeishuCard({ title: "天空", body: "蓝色" }, { to });
  // @ts-expect-error An agent is no run.
  void toFeishuCard(new ai7.ToolLoopAgent({ model }), { to });
  // @ts-expect-error The function returns nothing.
  void toFeishuCard(() => {}, { to });
  // @ts-expect-error No such option.
  void toFeishuCard(() => ai7.streamText({ model, prompt }), { too: to });
  // @ts-expect-error A stream pipes by itself.
  void pipeable(ai7.streamText({ model, prompt }).stream);
}

export async function answersMessagesOfAWebhook(message: FeishuMessage): Promise<void> {
  await message.reply(async ({ signal }) =>
    ai7.streamText({ model, messages: await message.history(), abortSignal: signal }),
  );
  await message.reply(async () => ai6.streamText({ model, messages: await message.history() }));
  await message.reply(async () => ai5.streamText({ model, messages: await message.history() }));
  const agent = new ai7.ToolLoopAgent({ model, tools: tools7 });
  await message.reply(async () => agent.stream({ messages: await message.history() }));
  await toFeishuCard(ai7.streamText({ model, prompt: message.text }), message.target);
  await toFeishuCard(ai7.streamText({ model, prompt: message.text }), { ...message.target, header: "答" });
  feishuWebhook({
    onMessage: (one) => toFeishuCard(ai7.streamText({ model, prompt: one.text }), one.target),
  });
}

/** The type that Next.js checks a route handler against. */
export const POST: (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response> = feishuWebhook({});

/** The type of a handler that Cloudflare calls. */
export const fetch: (
  request: Request,
  context: { waitUntil(promise: Promise<unknown>): void },
) => Promise<Response> = feishuWebhook({});

export async function acceptsOptionsOfWhatIsShown(): Promise<void> {
  const layout: Layout = (blocks, { isLast }) => (isLast ? blocks : blocks.filter(isAnswer));
  const isAnswer = ({ type }: CardBlock) => type === "text";
  const tools: ToolOptions = {
    titles: { weather: "天气" },
    mask: (value, { part }) => (part === "input" ? value : "…"),
  };
  const footer: FooterOptions = { model: "通义千问", tokens: true };
  const actions: ActionOptions = { feedback: true };
  const options: ToFeishuCardOptions = {
    to,
    reasoning: "show",
    tools,
    footer,
    actions,
    layout,
    notify: { afterMs: 1 },
  };
  await toFeishuCard(ai7.streamText({ model, prompt }), { ...options, sources: false, streaming: false });
  // @ts-expect-error a word that is none
  await toFeishuCard(ai7.streamText({ model, prompt }), { to, reasoning: "hidden" });
}
