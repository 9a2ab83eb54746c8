import { MemorySaver } from "@langchain/langgraph";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { createAgent, humanInTheLoopMiddleware } from "langchain";
import { describe, expect, it } from "vitest";
import { graphOf, outcome, question, weatherTool } from "../testing/agents.ts";
import { cardDesk } from "../testing/card-desk.ts";
import { lines } from "../testing/lines.ts";
import { listeningHandler } from "../testing/listening-handler.ts";
import { finish, scriptedModel, toolCall } from "../testing/scripted-model.ts";

expectNoUnhandledRejections();

describe.each(lines)("given LangChain $version and a run that is interrupted", (line) => {
  it("asks for an approval where a tool waits for one", async () => {
    const desk = cardDesk();
    const { handler, of } = listeningHandler(desk);
    const calls = [[...toolCall("weather", { city: "北京" }), finish("tool_calls")]];
    const agent = line.prebuilt.createReactAgent({
      llm: scriptedModel(line, { clock: desk.clock, calls }),
      tools: [
        line.tools.tool(() => line.langgraph.interrupt("ok?"), {
          name: "weather",
          description: "d",
        }) as never,
      ],
      checkpointer: new line.langgraph.MemorySaver() as never,
    });
    await desk.until(
      outcome(agent.invoke(question, { callbacks: [handler], configurable: { thread_id: "1" } })),
    );
    expect(of("tool-approval-request", "tool-error", "finish")).toMatchObject([
      { type: "tool-approval-request", toolCall: { toolCallId: "call-weather", toolName: "weather" } },
      { type: "finish", finishReason: "waiting" },
    ]);
  });

  /** A graph whose model calls a tool and whose next node, of a sub-graph, asks. */
  const askedBy = async (value: unknown) => {
    const desk = cardDesk();
    const { handler, of } = listeningHandler(desk);
    const calls = [[...toolCall("weather", { city: "北京" }), finish("tool_calls")]];
    const model = scriptedModel(line, { clock: desk.clock, calls });
    const call = async () => ({ messages: [await model.invoke("?")] });
    const ask = graphOf(line, { wait: () => void line.langgraph.interrupt(value) }).compile();
    const graph = graphOf(line, { call, ask: ask as never }).compile({
      checkpointer: new line.langgraph.MemorySaver() as never,
    });
    const config = { callbacks: [handler], configurable: { thread_id: "1" } };
    const { __interrupt__: interrupts } = (await desk.until(graph.invoke(question, config))) as never;
    const ids = (interrupts as { id: string }[]).map(({ id }) => id);
    return { ids, events: of("tool-call", "tool-approval-request", "finish") };
  };

  it("asks once for an approval where a graph is interrupted, by the id that resumes it", async () => {
    const { ids, events } = await askedBy("发布吗？");
    expect(ids).toHaveLength(1);
    expect(events.slice(1)).toMatchObject([
      { type: "tool-call", toolName: "发布吗？" },
      { type: "tool-approval-request", approvalId: ids[0], toolCall: { toolName: "发布吗？" } },
      // A call that has not run waits as well, with no button of its own.
      { type: "tool-approval-request", approvalId: "", toolCall: { toolName: "weather" } },
      { type: "finish", finishReason: "waiting" },
    ]);
  });

  it("asks for the tool call that humanInTheLoopMiddleware lets wait", async () => {
    const action = { name: "weather", args: { city: "北京" } };
    const { ids, events } = await askedBy({ actionRequests: [action], reviewConfigs: [] });
    expect(events).toMatchObject([
      { type: "tool-call", toolCallId: "call-weather" },
      { type: "tool-approval-request", approvalId: ids[0], toolCall: { toolCallId: "call-weather" } },
      { type: "finish", finishReason: "waiting" },
    ]);
  });

  it("asks once for several tool calls that one answer decides, and shows them all", async () => {
    const actions = [
      { name: "weather", args: { city: "北京" } },
      { name: "mail", args: { to: "all" } },
    ];
    const { events } = await askedBy({ actionRequests: actions });
    expect(events.slice(1)).toMatchObject([
      { type: "tool-call", toolName: "weather, mail", input: actions },
      { type: "tool-approval-request", toolCall: { toolName: "weather, mail" } },
      { type: "tool-approval-request", approvalId: "", toolCall: { toolName: "weather" } },
      { type: "finish" },
    ]);
  });
});

describe("given an agent with humanInTheLoopMiddleware", () => {
  it("asks for the call that waits, and goes on once that is resumed by its approval's id", async () => {
    const [line] = lines;
    if (line === undefined) throw new Error("There is no line to test.");
    const desk = cardDesk();
    const { handler, of } = listeningHandler(desk);
    const calls = [
      ["查一下。", ...toolCall("weather", { city: "北京" }), finish("tool_calls")],
      ["是晴天。", finish("stop")],
    ];
    const agent = createAgent({
      model: scriptedModel(line, { clock: desk.clock, calls }),
      tools: [weatherTool(line, () => "晴")],
      // Its types do not hold with exactOptionalPropertyTypes.
      middleware: [humanInTheLoopMiddleware({ interruptOn: { weather: true } } as never) as never],
      checkpointer: new MemorySaver(),
    });
    const config = { callbacks: [handler], configurable: { thread_id: "1" } };
    await desk.until(agent.invoke(question, config as never));
    const [request] = of("tool-approval-request") as { approvalId?: string }[];
    expect(request).toMatchObject({ toolCall: { toolCallId: "call-weather", toolName: "weather" } });
    const resume = { [request?.approvalId ?? ""]: { decisions: [{ type: "approve" }] } };
    await desk.until(agent.invoke(new line.langgraph.Command({ resume }) as never, config as never));
    expect(desk.seen()).toMatchObject([
      { texts: ["查一下。"], status: "等待处理" },
      { texts: ["是晴天。"], status: "已完成" },
    ]);
  });
});
