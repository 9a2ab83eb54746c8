import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import * as ai7 from "ai";
import * as ai5 from "ai5";
import * as ai6 from "ai6";
import { describe, expect, it } from "vitest";
import { cardCallbacks } from "./card-callbacks.ts";
import { cardTransform } from "./card-transform.ts";
import { pipeable } from "./pipeable.ts";
import { type CardDesk, cardDesk } from "./testing/card-desk.ts";
import { endOf, expectEnd } from "./testing/expected-ends.ts";
import { majors } from "./testing/majors.ts";
import { play } from "./testing/scenarios.ts";
import { finish, scriptedModel, text } from "./testing/scripted-model.ts";
import { toFeishuCard } from "./to-feishu-card.ts";

expectNoUnhandledRejections();

const prompt = "天空？";
const uiMessages = [{ id: "1", role: "user", parts: [{ type: "text", text: prompt }] }];

function answering(desk: CardDesk) {
  return scriptedModel({ clock: desk.clock, calls: [[...text("你好，世界。"), finish()]] });
}

describe.each(majors)("given an agent of ai $version", (major) => {
  it("stops with its card", async () => {
    const desk = cardDesk();
    const { options, signal, model } = play(desk, "an abort");
    const result = await desk.clock.until(
      toFeishuCard((run) => major.streamAgent({ ...options, abortSignal: run.signal }), {
        to: desk.to,
        feishu: desk.feishu,
        signal,
      }),
    );
    expectEnd(desk, result, endOf("an abort", major.version, "known"));
    expect(model.signals[0]?.aborted).toBe(true);
  });

  it("pipes what its stream() gives, be it a promise or not", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "two steps");
    const result = await desk.clock.until(pipeable(major.streamAgent(options)).pipeTo(desk.card()));
    expectEnd(desk, result, endOf("two steps", major.version, "unknown"));
  });
});

describe("given an agent in place of its run", () => {
  it.each([5, 6, 7] as const)("says what to pass instead, with ai %s", (version) => {
    const desk = cardDesk();
    const model = answering(desk);
    const agents = {
      5: () => new ai5.Experimental_Agent({ model }),
      6: () => new ai6.ToolLoopAgent({ model }),
      7: () => new ai7.ToolLoopAgent({ model }),
    };
    const agent = agents[version]();
    expect(() => toFeishuCard(agent as never, { to: desk.to, feishu: desk.feishu })).toThrow(
      /received an instance of \w+: pass what its stream\(\) gives/,
    );
    expect(desk.seen()).toEqual([]);
  });
});

describe("given an agent that outlives its runs", () => {
  it("makes a card for each run by the transform of its constructor, with ai 5", async () => {
    const desk = cardDesk();
    // Version 5 takes the option, and does not have it in its types.
    const transforms = { experimental_transform: cardTransform(() => desk.card()) };
    const agent = new ai5.Experimental_Agent({ model: answering(desk), ...transforms });
    for (const _ of [1, 2]) await desk.clock.until(agent.stream({ prompt }).consumeStream());
    await desk.clock.advance(2_000);
    expect(desk.seen()).toMatchObject([{ status: "已完成" }, { status: "已完成" }]);
  });

  it("takes callbacks for one run, with ai 7", async () => {
    const desk = cardDesk();
    const card = desk.card();
    const agent = new ai7.ToolLoopAgent({ model: answering(desk) });
    const run = await agent.stream({ prompt, ...cardCallbacks(card) });
    await desk.clock.until(run.consumeStream());
    expectEnd(desk, await desk.clock.until(card.result), endOf("a natural end", 7, "unknown"));
  });
});

describe("given a response that hides the result of an agent", () => {
  it("shows the run by a transform, with ai 6", async () => {
    const desk = cardDesk();
    const card = desk.card();
    const response = await ai6.createAgentUIStreamResponse({
      agent: new ai6.ToolLoopAgent({ model: answering(desk) }),
      uiMessages,
      experimental_transform: cardTransform(card),
    });
    expect(await desk.clock.until(response.text())).toContain("[DONE]");
    expectEnd(desk, await desk.clock.until(card.result), endOf("a natural end", 6, "unknown"));
  });

  it("shows the run by a transform, with ai 7", async () => {
    const desk = cardDesk();
    const card = desk.card();
    const response = await ai7.createAgentUIStreamResponse({
      agent: new ai7.ToolLoopAgent({ model: answering(desk) }),
      uiMessages,
      experimental_transform: cardTransform(card),
    });
    expect(await desk.clock.until(response.text())).toContain("[DONE]");
    expectEnd(desk, await desk.clock.until(card.result), endOf("a natural end", 7, "unknown"));
  });
});
