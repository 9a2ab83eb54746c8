import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { done, graphOf, question, twoCalls, weatherAgent, whole } from "../testing/agents.ts";
import { cardDesk } from "../testing/card-desk.ts";
import { lines } from "../testing/lines.ts";
import { finish, type ModelStep, scriptedModel, toolCall } from "../testing/scripted-model.ts";

expectNoUnhandledRejections();

/** Words that come one by one, so that two models talk at the same time. */
const slowly = (text: string): ModelStep[] => [...text].flatMap((word) => [word, { waitMs: 70 }]);

describe.each(lines)("given LangChain $version", (line) => {
  const { RunnableLambda, RunnableParallel } = line.runnables;

  it("keeps the text of parallel branches apart, each in a block of its own", async () => {
    const desk = cardDesk();
    const [one, two] = ["甲说了一整句话。", "乙也说了一整句话。"].map((text) =>
      scriptedModel(line, { clock: desk.clock, calls: [slowly(text)] }),
    );
    const both = RunnableParallel.from({ one: one as never, two: two as never });
    await desk.until(both.invoke("?", { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["甲说了一整句话。", "乙也说了一整句话。"])]);
  });

  it("keeps them apart when a third branch begins in the middle of their text", async () => {
    const desk = cardDesk();
    const calls = [slowly("甲说了一整句话。"), slowly("乙也说了一整句话。"), slowly("丙后来才说。")];
    const model = scriptedModel(line, { clock: desk.clock, calls });
    const late = async () => {
      await desk.clock.sleep(300);
      return model.invoke("?");
    };
    const all = RunnableParallel.from({
      one: model as never,
      two: model as never,
      late: RunnableLambda.from(late) as never,
    });
    await desk.until(all.invoke("?", { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["甲说了一整句话。", "乙也说了一整句话。", "丙后来才说。"])]);
  });

  it("shows what the model of a sub-graph says", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [["外面。"], ["里面。"], ["又是外面。"]] });
    const ask = async () => ({ messages: [await model.invoke("?")] });
    const inner = graphOf(line, { deep: ask }).compile();
    const outer = graphOf(line, { before: ask, sub: inner as never, after: ask }).compile();
    await desk.until(outer.invoke(question, { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["外面。", "里面。", "又是外面。"])]);
  });

  it("leaves out what an agent inside a tool says, and shows it on request", async () => {
    for (const [isAnswer, texts] of [
      [undefined, ["问专家。", "专家说是晴天。"]],
      [() => true, ["问专家。", "内心独白。", "专家说是晴天。"]],
    ] as const) {
      const desk = cardDesk();
      const expert = scriptedModel(line, { clock: desk.clock, calls: [["内心独白。"]] });
      const inner = line.prebuilt.createReactAgent({ llm: expert, tools: [] });
      const ask = line.tools.tool(
        async () => {
          const { messages } = await inner.invoke(question);
          return String(messages.at(-1)?.content);
        },
        { name: "expert", description: "d", schema: z.object({}) },
      );
      const calls = [
        ["问专家。", ...toolCall("expert", {}), finish("tool_calls")],
        ["专家说是晴天。", finish("stop")],
      ];
      const agent = line.prebuilt.createReactAgent({
        llm: scriptedModel(line, { clock: desk.clock, calls }),
        tools: [ask],
      });
      await desk.until(agent.invoke(question, { callbacks: [desk.handler({ isAnswer })] }));
      expect(desk.seen()).toEqual([done(texts)]);
    }
  });

  it("leaves out the model that helps a retriever", async () => {
    const desk = cardDesk();
    const helper = scriptedModel(line, { clock: desk.clock, calls: [["改写后的问题"]] });
    class Helped extends line.retrievers.BaseRetriever {
      lc_namespace = ["test"];
      override async _getRelevantDocuments(query: string, manager?: { getChild(): unknown }) {
        await helper.invoke(query, { callbacks: manager?.getChild() as never });
        return [];
      }
    }
    const model = scriptedModel(line, { clock: desk.clock, calls: [["没有找到。"]] });
    const chain = new Helped().pipe(RunnableLambda.from(() => "?")).pipe(model);
    await desk.until(chain.invoke("?", { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["没有找到。"])]);
  });

  it.each(["nostream", "langsmith:nostream"])("leaves out a model that is tagged %s", async (tag) => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [["小结"], ["回答"]] });
    const summarize = async () => {
      const summary = await model.withConfig({ tags: [tag] }).invoke("?");
      return { messages: [summary] };
    };
    const ask = async () => ({ messages: [await model.invoke("?")] });
    const graph = graphOf(line, { summarize, ask }).compile();
    await desk.until(graph.invoke(question, { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["回答"])]);
  });

  it("asks isAnswer about each model, with what there is to know", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [["规划"], ["回答"]] });
    const ask = async () => ({ messages: [await model.invoke("?")] });
    const graph = graphOf(line, { plan: ask, ask }).compile();
    const isAnswer = (run: { metadata: Readonly<Record<string, unknown>>; isAnswerByDefault: boolean }) =>
      run.isAnswerByDefault && run.metadata.langgraph_node !== "plan";
    await desk.until(graph.invoke(question, { callbacks: [desk.handler({ isAnswer })] }));
    expect(desk.seen()).toEqual([done(["回答"])]);
  });

  it("shows a message that a node returns as it is, and none of the history", async () => {
    const desk = cardDesk();
    const { AIMessage, HumanMessage } = line.messages;
    const history = [
      new HumanMessage("昨天？"),
      new AIMessage({ content: "昨天的回答。", id: "old" }),
      new HumanMessage("今天？"),
    ];
    const model = scriptedModel(line, { clock: desk.clock, calls: [["模型的话。"]] });
    const graph = graphOf(line, {
      all: ({ messages }: { messages: unknown[] }) => ({ messages }),
      greet: () => ({ messages: [new AIMessage("固定的话。")] }),
      ask: async () => ({ messages: [await model.invoke("?")] }),
    } as never).compile();
    await desk.until(graph.invoke({ messages: history } as never, { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["固定的话。", "模型的话。"])]);
  });

  it("shows what a chain gives in which no model speaks", async () => {
    const desk = cardDesk();
    const chain = RunnableLambda.from((name: string) => `你好，${name}。`).pipe(
      RunnableLambda.from((text: string) => `${text}再见。`),
    );
    await desk.until(chain.invoke("世界", { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["你好，世界。再见。"])]);
  });

  it("never mixes two runs at once on one handler", async () => {
    const desk = cardDesk();
    const handler = desk.handler();
    const runs = ["甲", "乙"].map((name) => {
      const calls = [
        [`${name}一`, ...toolCall("weather", { city: name }), finish("tool_calls")],
        slowly(`${name}的回答在这里`),
      ];
      return weatherAgent(line, desk, { calls }).invoke(question, { callbacks: [handler] });
    });
    await desk.until(Promise.all(runs));
    expect(desk.seen()).toEqual([done(["甲一", "甲的回答在这里"]), done(["乙一", "乙的回答在这里"])]);
  });

  it.each([
    ["with chunks", true],
    ["without chunks", false],
  ])(
    "shows a text once when the same handler is registered twice, for tokens %s",
    async (_name, withChunks) => {
      const desk = cardDesk();
      const handler = desk.handler();
      const calls = [["哈", "哈", "哈", "。"]];
      const model = scriptedModel(line, { clock: desk.clock, calls, withChunks });
      await desk.until(model.withConfig({ callbacks: [handler] }).invoke("?", { callbacks: [handler] }));
      expect(desk.seen()).toEqual([done(["哈哈哈。"])]);
    },
  );

  it("opens one card when an agent's model has the handler as well, and the agent's run has it twice", async () => {
    const desk = cardDesk();
    const handler = desk.handler();
    const agent = weatherAgent(line, desk).withConfig({ callbacks: [handler] });
    await desk.until(agent.invoke(question, { callbacks: [handler] }));
    expect(desk.seen()).toEqual([done(whole)]);
  });

  it("takes the outermost run that it sees for the root, when it is attached below the application's own", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: twoCalls });
    const inner = model.withConfig({ callbacks: [desk.handler()] });
    const chain = RunnableLambda.from(() => "?").pipe(inner);
    const stranger = { name: "stranger", handleChainStart() {} };
    await desk.until(chain.invoke("?", { callbacks: [stranger] }));
    expect(desk.seen()).toEqual([done(["查一下。"], "等待处理")]);
  });
});
