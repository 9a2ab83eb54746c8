import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { createAgent } from "langchain";
import { describe, expect, it } from "vitest";
import {
  done,
  drain,
  graphOf,
  question,
  twoCalls,
  weatherAgent,
  weatherTool,
  whole,
} from "../testing/agents.ts";
import { cardDesk } from "../testing/card-desk.ts";
import { lines } from "../testing/lines.ts";
import { finish, scriptedModel } from "../testing/scripted-model.ts";

expectNoUnhandledRejections();

const answer = ["你好，", { waitMs: 200 }, "世界。", finish("stop")];

describe.each(lines)("given LangChain $version", (line) => {
  const { ChatPromptTemplate } = line.prompts;
  const { StringOutputParser } = line.outputParsers;

  it.each(["invoke", "stream", "streamEvents"] as const)("shows a bare chat model, by %s", async (form) => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [answer] });
    const callbacks = [desk.handler()];
    if (form === "invoke") await desk.until(model.invoke("?", { callbacks }));
    else if (form === "stream") await desk.until(drain(model.stream("?", { callbacks })));
    else await desk.until(drain(model.streamEvents("?", { callbacks, version: "v2" })));
    expect(desk.seen()).toEqual([done(["你好，世界。"])]);
  });

  it.each(["invoke", "stream", "streamEvents"] as const)("shows a chain, by %s", async (form) => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [answer] });
    const chain = ChatPromptTemplate.fromTemplate("{q}").pipe(model).pipe(new StringOutputParser());
    const callbacks = [desk.handler()];
    if (form === "invoke") await desk.until(chain.invoke({ q: "?" }, { callbacks }));
    else if (form === "stream") await desk.until(drain(chain.stream({ q: "?" }, { callbacks })));
    else await desk.until(drain(chain.streamEvents({ q: "?" }, { callbacks, version: "v2" })));
    expect(desk.seen()).toEqual([done(["你好，世界。"])]);
  });

  it.each(["invoke", "stream", "messages", "updates and messages", "streamEvents"] as const)(
    "shows an agent, by %s",
    async (form) => {
      const desk = cardDesk();
      const agent = weatherAgent(line, desk);
      const callbacks = [desk.handler()];
      const modes = {
        stream: "values",
        messages: "messages",
        "updates and messages": ["updates", "messages"],
      } as const;
      if (form === "invoke") await desk.until(agent.invoke(question, { callbacks }));
      else if (form === "streamEvents") {
        await desk.until(drain(agent.streamEvents(question, { callbacks, version: "v2" })));
      } else await desk.until(drain(agent.stream(question, { callbacks, streamMode: modes[form] as never })));
      expect(desk.seen()).toEqual([done(whole)]);
    },
  );

  it("shows a graph", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [["第一段。"], ["第二段。"]] });
    const ask = async () => ({ messages: [await model.invoke("?")] });
    const graph = graphOf(line, { one: ask, two: ask }).compile();
    await desk.until(graph.invoke(question, { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["第一段。", "第二段。"])]);
  });

  it("gives each input of a batch a card of its own", async () => {
    const desk = cardDesk();
    const calls = [
      ["一", { waitMs: 100 }, "一"],
      ["二", { waitMs: 100 }, "二"],
      ["三", { waitMs: 50 }, "三"],
    ];
    const model = scriptedModel(line, { clock: desk.clock, calls });
    await desk.until(model.batch(["?", "?", "?"], { callbacks: [desk.handler()] }));
    const cards = desk
      .seen()
      .toSorted((one, other) => String(one.texts).localeCompare(String(other.texts), "zh"));
    expect(cards.map(({ texts }) => texts[0]).toSorted()).toEqual(["一一", "三三", "二二"].toSorted());
    expect(cards.every(({ finalizations, streaming }) => finalizations === 1 && !streaming)).toBe(true);
  });

  it("shows a handler that was bound to the agent before", async () => {
    const desk = cardDesk();
    const agent = weatherAgent(line, desk).withConfig({ callbacks: [desk.handler()] });
    await desk.until(agent.invoke(question));
    expect(desk.seen()).toEqual([done(whole)]);
  });
});

describe("given createAgent of LangChain 1.x", () => {
  const [line] = lines;
  it.each(["invoke", "stream", "streamEvents v3"] as const)("shows it, by %s", async (form) => {
    if (line === undefined) return;
    const desk = cardDesk();
    const agent = createAgent({
      model: scriptedModel(line, { clock: desk.clock, calls: twoCalls }),
      tools: [weatherTool(line, () => "晴")],
    });
    const callbacks = [desk.handler()];
    if (form === "invoke") await desk.until(agent.invoke(question, { callbacks }));
    else if (form === "stream")
      await desk.until(drain(agent.stream(question, { callbacks, streamMode: "messages" })));
    else await desk.until(drain(agent.streamEvents(question, { callbacks, version: "v3" }) as never));
    expect(desk.seen()).toEqual([done(whole)]);
  });
});
