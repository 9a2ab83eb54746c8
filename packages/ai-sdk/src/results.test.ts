import { serverError } from "@streamcard/emulator";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import * as ai7 from "ai";
import * as ai5 from "ai5";
import * as ai6 from "ai6";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { cardDesk } from "./testing/card-desk.ts";
import { endOf, expectEnd } from "./testing/expected-ends.ts";
import { majors } from "./testing/majors.ts";
import { play } from "./testing/scenarios.ts";
import { finish, scriptedModel, text } from "./testing/scripted-model.ts";
import { toFeishuCard } from "./to-feishu-card.ts";

expectNoUnhandledRejections();

describe.each(majors)("given a text that ai $version generates", (major) => {
  it.each([
    "the step limit",
    "a tool that throws",
    "a tool that runs elsewhere",
    "a missing approval",
    "a failed request",
    "a failed second request",
    "an abort",
    "an abort for a string",
  ] as const)("tells how the run ended: %s", async (name) => {
    const desk = cardDesk();
    const { options, signal } = play(desk, name);
    const run = major.generateText({ ...options, abortSignal: signal });
    const result = await desk.clock.until(toFeishuCard(run, { to: desk.to, feishu: desk.feishu, signal }));
    const end = endOf(name, major.version, "known");
    // Nothing is known of a run that was not generated to its end.
    expectEnd(desk, result, end.result.status === "finished" ? end : { ...end, texts: [] });
  });
});

describe.each(majors)("given a result of ai $version that also answers a browser", (major) => {
  it("gives both the whole run", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "two steps");
    const run = major.streamText(options);
    const shown = toFeishuCard(run, { to: desk.to, feishu: desk.feishu });
    const body = desk.clock.until(run.toUIMessageStreamResponse().text());
    expect(await body).toContain("北京是晴");
    expectEnd(desk, await desk.clock.until(shown), endOf("two steps", major.version, "unknown"));
  });

  it("finishes the card although the browser has left", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "two steps");
    const run = major.streamText(options);
    const shown = toFeishuCard(run, { to: desk.to, feishu: desk.feishu });
    await run.toUIMessageStreamResponse().body?.cancel();
    expectEnd(desk, await desk.clock.until(shown), endOf("two steps", major.version, "unknown"));
  });
});

describe.each(majors)("given a platform that refuses everything, and ai $version", (major) => {
  it("keeps the run whole for everybody else, and tells of it in the result", async () => {
    const desk = cardDesk();
    desk.emulator.faults({ on: () => true, times: Number.POSITIVE_INFINITY, answer: serverError(500) });
    const { options } = play(desk, "two steps");
    const run = major.streamText(options);
    const shown = toFeishuCard(run, { to: desk.to, feishu: desk.feishu });
    expect(await desk.clock.until(run.toUIMessageStreamResponse().text())).toContain("[DONE]");
    expect(await desk.clock.until(shown)).toMatchObject({
      status: "finished",
      delivery: "none",
      text: "让我查一下。北京是晴天。",
    });
  });
});

describe("given the result of streamObject()", () => {
  it.each([5, 6, 7] as const)("shows the text of the object, with ai %s", async (version) => {
    const desk = cardDesk();
    const json = '{"city":"北京"}';
    const model = scriptedModel({ clock: desk.clock, calls: [[...text(json), finish()]] });
    const options = { model, prompt: "天气？", schema: z.object({ city: z.string() }) };
    const runs = {
      5: () => ai5.streamObject(options),
      6: () => ai6.streamObject(options),
      7: () => ai7.streamObject(options),
    };
    const run = runs[version]();
    const result = await desk.clock.until(toFeishuCard(run, { to: desk.to, feishu: desk.feishu }));
    expect(result).toMatchObject({ status: "finished", text: json });
    expect(await run.object).toEqual({ city: "北京" });
  });
});

describe("given a result of ai 7 with a single consumer", () => {
  it("reads its stream once", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "a natural end");
    const run = ai7.experimental_streamTextLowMemory({ model: options.model, prompt: "天空？" });
    const result = await desk.clock.until(toFeishuCard(run, { to: desk.to, feishu: desk.feishu }));
    expectEnd(desk, result, endOf("a natural end", 7, "unknown"));
  });
});

describe("given Chinese text that is smoothed", () => {
  const answer = "阳光进入大气层后，短波长的蓝光更容易被散射。";
  const prompt = "天空为什么是蓝色的？";
  const words = new Intl.Segmenter("zh", { granularity: "word" });
  const pairs = { delayInMs: null, chunking: /[\s\S]{2}/ };
  const smooth = { delayInMs: null, chunking: words };
  type Model = ReturnType<typeof scriptedModel>;
  const runs = {
    5: (model: Model) => ai5.streamText({ model, prompt, experimental_transform: ai5.smoothStream(pairs) }),
    6: (model: Model) => ai6.streamText({ model, prompt, experimental_transform: ai6.smoothStream(smooth) }),
    7: (model: Model) => ai7.streamText({ model, prompt, experimental_transform: ai7.smoothStream(smooth) }),
  };

  it.each([5, 6, 7] as const)("appears while it comes, with ai %s", async (version) => {
    const desk = cardDesk();
    const calls = [[...text(answer, { everyMs: 100 }), finish()]];
    const run = runs[version](scriptedModel({ clock: desk.clock, calls }));
    const shown = toFeishuCard(run, { to: desk.to, feishu: desk.feishu });
    await desk.clock.advance(550);
    const seen = desk.seen()[0]?.texts.join("") ?? "";
    expect(answer.startsWith(seen)).toBe(true);
    expect(seen.length).toBeGreaterThan(4);
    expect(await desk.clock.until(shown)).toMatchObject({ status: "finished", text: answer });
  });
});
