import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { question, weatherTool } from "../testing/agents.ts";
import { type CardDesk, cardDesk } from "../testing/card-desk.ts";
import { lines } from "../testing/lines.ts";
import { finish, type ModelStep, scriptedModel, toolCall } from "../testing/scripted-model.ts";

expectNoUnhandledRejections();

/** An image of one point. */
const POINT =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

type StreamEvents = (input: unknown, options: { version: "v2" }) => unknown;
describe.each(lines)("given what else runs of LangChain $version do", (line) => {
  const retriever = () =>
    new line.fakes.FakeRetriever({
      output: [
        { pageContent: "晴", metadata: { source: "https://e.com/bj", title: "北京天气" } },
        { pageContent: "晴", metadata: { source: "/srv/手册.md" } },
        { pageContent: "晴", metadata: {} },
      ] as never,
    });
  const answering = (desk: CardDesk, ...call: ModelStep[]) =>
    scriptedModel(line, { clock: desk.clock, calls: [[...call, "北京是晴天。", finish("stop")]] });
  const found = ["1. [北京天气](https://e.com/bj)", "2. 手册.md"];

  it("names the documents that a retriever found", async () => {
    const desk = cardDesk();
    const chain = line.runnables.RunnableSequence.from([
      retriever(),
      () => "北京天气？",
      answering(desk) as never,
    ]);
    await desk.until(chain.invoke("北京", desk.handler().run()));
    await desk.piped((chain.streamEvents as never as StreamEvents)("北京", { version: "v2" }));
    expect(desk.blocks()).toMatchObject([{ sources: found }, { sources: found }]);
  });

  it("names no documents of a retriever that is tagged nostream", async () => {
    const desk = cardDesk();
    await desk.until(retriever().invoke("北京", { ...desk.handler().run(), tags: ["nostream"] }));
    expect(desk.blocks()).toMatchObject([{ sources: [] }]);
  });

  it.each([
    ["OpenAI's form", { type: "image_url", image_url: { url: `data:image/png;base64,${POINT}` } }],
    ["LangChain's form", { type: "image", mimeType: "image/png", data: POINT }],
  ])("draws an image that the model made, in %s", async (_name, part) => {
    const desk = cardDesk();
    const model = answering(desk, { chunk: { content: [part] } } as ModelStep);
    await desk.untilDrawn(model.invoke("?", desk.handler().run()));
    expect(desk.blocks()).toMatchObject([
      { order: ["image", "text", "status"], images: [expect.stringMatching(/^img_/)] },
    ]);
  });

  it("shows what a tool says in parts, and what one says that hands over to another node", async () => {
    const desk = cardDesk();
    const { ToolMessage } = line.messages;
    const said = { 输出: "晴\n[image]" };
    const content = [
      { type: "text", text: "晴" },
      { type: "image", data: POINT },
    ] as never;
    const parts = new ToolMessage({ content, tool_call_id: "call-parts" });
    const update = { messages: [new ToolMessage({ content: "转给天气专家。", tool_call_id: "call-over" })] };
    const agent = line.prebuilt.createReactAgent({
      llm: scriptedModel(line, {
        clock: desk.clock,
        calls: [
          [...toolCall("parts", { city: "北京" }), finish("tool_calls")],
          [...toolCall("over", { city: "北京" }), finish("tool_calls")],
          ["晴天。", finish("stop")],
        ],
      }),
      tools: [
        weatherTool(line, () => parts, "parts"),
        weatherTool(line, () => new line.langgraph.Command({ update }), "over"),
      ],
    });
    await desk.until(agent.invoke(question, desk.handler().run()));
    expect(desk.blocks()).toMatchObject([
      { tools: [{ details: said }, { details: { 输出: "转给天气专家。" } }] },
    ]);
  });
});
