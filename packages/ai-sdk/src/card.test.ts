import { createTextDriver } from "@streamcard/core";
import { ManualClock, RecordingDriver } from "@streamcard/core/testing";
import { describe, expect, it } from "vitest";
import { type CardResult, CardStream, cardCallbacks, cardTransform, pipeable, pipeToCard } from "./card.ts";
import { type Major, majors, type RunOptions } from "./testing/majors.ts";
import { finish, scriptedModel, text, toolCall } from "./testing/scripted-model.ts";

type Form = (major: Major, options: RunOptions, card: CardStream) => PromiseLike<CardResult>;

const forms: Record<string, Form> = {
  "pipeToCard() with a function": (major, options, card) =>
    pipeToCard(({ signal }) => major.streamText({ ...options, abortSignal: signal }), card),
  "pipeToCard() with a result": (major, options, card) => pipeToCard(major.streamText(options), card),
  "pipeToCard() with a generated text": (major, options, card) =>
    pipeToCard(major.generateText(options), card),
  "pipeToCard() with an agent's stream": (major, options, card) =>
    pipeToCard(() => major.streamAgent(options), card),
  "pipeable()": (major, options, card) => pipeable(major.streamText(options)).pipeTo(card),
  "cardTransform()": async (major, options, card) => {
    await major.streamText({ ...options, experimental_transform: cardTransform(card) }).consumeStream();
    return card.result;
  },
  "cardCallbacks()": async (major, options, card) => {
    await major.streamText({ ...options, ...cardCallbacks(card) }).consumeStream();
    return card.result;
  },
};

const steps = ["让我查一下。", "北京是晴天。"];

function weatherRun(clock: ManualClock): RunOptions {
  const [first = "", second = ""] = steps;
  const calls = [
    [...text(first), ...toolCall("weather"), finish("tool-calls")],
    [...text(second), finish()],
  ];
  return {
    model: scriptedModel({ clock, calls }),
    tools: { weather: { execute: () => "晴" } },
    maxSteps: 3,
  };
}

describe.each(majors)("given ai $version and a card of any platform", (major) => {
  it.each(Object.entries(forms))("lands the run on it through %s", async (_name, form) => {
    const clock = new ManualClock();
    const driver = new RecordingDriver({ clock });
    const result = await clock.until(form(major, weatherRun(clock), new CardStream({ driver, clock })));
    expect(result).toMatchObject({ status: "finished", delivery: "card", text: steps.join("") });
    const [card] = driver.cards;
    const texts = card?.blocks.flatMap((block) => (block.type === "text" ? [block.text] : []));
    expect(texts).toEqual(steps);
    expect(driver.cards.map(({ isStreaming }) => isStreaming)).toEqual([false]);
  });

  it("draws the run in a terminal, which is a card, too", async () => {
    const clock = new ManualClock();
    let drawn = "";
    const write = (more: string) => {
      drawn += more;
    };
    const card = new CardStream({ driver: createTextDriver({ write }), clock });
    await clock.until(pipeToCard(() => major.streamText(weatherRun(clock)), card));
    expect(drawn).toContain("让我查一下。\n\n✓ weather\n\n北京是晴天。");
  });
});
