import type { CardResult } from "@streamcard/core";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { cardCallbacks } from "./card-callbacks.ts";
import { cardTransform } from "./card-transform.ts";
import { pipeable } from "./pipeable.ts";
import { streamText } from "./stream-text.ts";
import { type CardDesk, cardDesk } from "./testing/card-desk.ts";
import { type Major, majors, type RunOptions } from "./testing/majors.ts";
import { finish, reasoning, scriptedModel, text, toolCall } from "./testing/scripted-model.ts";
import { toFeishuCard } from "./to-feishu-card.ts";

expectNoUnhandledRejections();

const steps = ["让我查一下 **北京** 的天气：\n\n- 1\n- 1\n", "111 度，晴。🌤️ 空格  和换行\n"];

/** Two steps whose blocks have the same id, as a provider gives them. */
function setUp(desk: CardDesk): RunOptions {
  const [first = "", second = ""] = steps;
  const model = scriptedModel({
    clock: desk.clock,
    calls: [
      [...reasoning("要查天气。"), ...text(first), ...toolCall("weather"), finish("tool-calls")],
      [...text(second), finish()],
    ],
  });
  return { model, tools: { weather: { execute: () => "晴" } }, maxSteps: 3 };
}

type Form = (major: Major, options: RunOptions, desk: CardDesk) => PromiseLike<CardResult>;

/** Pipes one of the streams into a card. */
async function pipe(stream: ReadableStream<string | { type: string }>, desk: CardDesk): Promise<CardResult> {
  const card = desk.card();
  await stream.pipeTo(card);
  return card.result;
}

const forms: Record<string, Form> = {
  "toFeishuCard() with a function": (major, options, { to, feishu }) =>
    toFeishuCard(({ signal }) => major.streamText({ ...options, abortSignal: signal }), { to, feishu }),
  "toFeishuCard() with an async function": (major, options, { to, feishu }) =>
    toFeishuCard(async () => major.streamText(options), { to, feishu }),
  "toFeishuCard() with a result": (major, options, { to, feishu }) =>
    toFeishuCard(major.streamText(options), { to, feishu }),
  "toFeishuCard() with a promise of a result": (major, options, { to, feishu }) =>
    toFeishuCard(Promise.resolve(major.streamText(options)), { to, feishu }),
  "toFeishuCard() with a full stream": (major, options, { to, feishu }) =>
    toFeishuCard(major.streamText(options).fullStream, { to, feishu }),
  "toFeishuCard() with a generated text": (major, options, { to, feishu }) =>
    toFeishuCard(major.generateText(options), { to, feishu }),
  "toFeishuCard() with an agent's stream": (major, options, { to, feishu }) =>
    toFeishuCard(({ signal }) => major.streamAgent({ ...options, abortSignal: signal }), { to, feishu }),
  "fullStream.pipeTo()": (major, options, desk) => pipe(major.streamText(options).fullStream, desk),
  "a UI message stream's pipeTo()": (major, options, desk) =>
    pipe(major.streamText(options).toUIMessageStream(), desk),
  "pipeable() to a card": (major, options, desk) => pipeable(major.streamText(options)).pipeTo(desk.card()),
  "pipeable() to a function that makes a card": (major, options, desk) =>
    pipeable(major.streamText(options)).pipeTo(() => desk.card()),
  "cardTransform()": async (major, options, desk) => {
    const card = desk.card();
    await major.streamText({ ...options, experimental_transform: cardTransform(card) }).consumeStream();
    return card.result;
  },
  "cardTransform() in an agent": async (major, options, desk) => {
    const card = desk.card();
    const run = await major.streamAgent({ ...options, experimental_transform: cardTransform(card) });
    await run.consumeStream();
    return card.result;
  },
  "cardCallbacks()": async (major, options, desk) => {
    const card = desk.card();
    await major.streamText({ ...options, ...cardCallbacks(card) }).consumeStream();
    return card.result;
  },
};

describe.each(majors)("given ai $version", (major) => {
  it.each(Object.entries(forms))("lands the same text through %s", async (_name, form) => {
    const desk = cardDesk();
    const result = await desk.clock.until(form(major, setUp(desk), desk));
    expect(result).toMatchObject({ status: "finished", delivery: "card", text: steps.join("") });
    expect(desk.seen()).toEqual([{ texts: steps, status: "已完成", streaming: false, finalizations: 1 }]);
  });

  it("lands the same text through textStream, which has no steps", async () => {
    const desk = cardDesk();
    const { textStream } = major.streamText(setUp(desk));
    const result = await desk.clock.until(pipe(textStream, desk));
    expect(result).toMatchObject({ status: "finished", delivery: "card", text: steps.join("") });
    expect(desk.seen()).toMatchObject([{ texts: [steps.join("")], status: "已完成", finalizations: 1 }]);
  });
});

describe("given the streamText of ./stream-text", () => {
  it("lands the same text by the result's own pipeTo()", async () => {
    const desk = cardDesk();
    const { model } = setUp(desk);
    const run = streamText({ model, prompt: "天气？" });
    const [first] = steps;
    expect(await desk.clock.until(run.pipeTo(() => desk.card()))).toMatchObject({ text: first });
    expect(desk.seen()).toMatchObject([{ texts: [first], finalizations: 1 }]);
  });
});
