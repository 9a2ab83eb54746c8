import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { createAgent, humanInTheLoopMiddleware } from "langchain";
import { describe, expect, it } from "vitest";
import { outcome, question, weatherTool } from "../testing/agents.ts";
import { type busyAgent, busyCalls } from "../testing/busy-agent.ts";
import { cardDesk } from "../testing/card-desk.ts";
import { type Line, lines } from "../testing/lines.ts";
import { scriptedModel } from "../testing/scripted-model.ts";

expectNoUnhandledRejections();

const all = { footer: true, actions: true } as const;
const input = JSON.stringify({ city: "北京" }, null, 2);

describe.each(lines)("given a run of LangChain $version that waits for somebody", (line) => {
  it("asks for an approval in a tool that waits for one, and goes on with the tool on the next card", async () => {
    const desk = cardDesk();
    const { Command, MemorySaver, interrupt } = line.langgraph;
    const agent = line.prebuilt.createReactAgent({
      llm: scriptedModel(line, { clock: desk.clock, calls: busyCalls }),
      tools: [weatherTool(line, () => interrupt("可以吗？")), weatherTool(line, () => "没有", "news")],
      checkpointer: new MemorySaver() as never,
    });
    const configurable = { thread_id: "1" };
    const run = () => ({ ...desk.handler(all).run(), configurable });
    await desk.until(outcome(agent.invoke(question, run())));
    expect(desk.blocks()).toMatchObject([
      {
        tools: [{ line: "● weather · 等待批准", details: { 输入: input }, buttons: ["批准", "拒绝"] }, {}],
        buttons: [],
      },
    ]);
    await desk.until(agent.invoke(new Command({ resume: "晴" }) as never, run()));
    expect(desk.seen()).toMatchObject([{ status: "等待处理" }, { status: "已完成" }]);
    expect(desk.blocks()[1]?.tools[0]).toMatchObject({
      line: "✓ weather",
      details: { 输入: input, 输出: "晴" },
      buttons: [],
    });
  });
});

/** Its types and those of its middleware do not go together under `exactOptionalPropertyTypes`. */
const makeAgent = createAgent as never as (options: object) => ReturnType<typeof busyAgent>;

describe("given createAgent with a human in the loop", () => {
  it("asks for the approval of a tool that has not begun", async () => {
    const [line] = lines as [Line];
    const desk = cardDesk();
    const agent = makeAgent({
      model: scriptedModel(line, { clock: desk.clock, calls: busyCalls.slice(0, 1).concat(busyCalls) }),
      tools: [weatherTool(line, () => "晴"), weatherTool(line, () => "没有", "news")],
      middleware: [humanInTheLoopMiddleware({ interruptOn: { weather: true } } as never)],
      checkpointer: new line.langgraph.MemorySaver(),
    });
    const configurable = { thread_id: "1" };
    await desk.until(agent.invoke(question, { ...desk.handler(all).run(), configurable }));
    const streamed = { streamMode: ["messages", "updates"] as never, configurable: { thread_id: "2" } };
    await desk.piped(agent.stream(question, streamed), all);
    const waiting = { line: "● weather · 等待批准", buttons: ["批准", "拒绝"] };
    for (const card of [0, 1]) {
      expect(desk.seen()[card]).toMatchObject({ status: "等待处理" });
      expect(desk.blocks()[card]?.tools[0]).toMatchObject(waiting);
    }
  });
});
