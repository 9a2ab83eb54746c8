import { weatherTool } from "./agents.ts";
import type { CardDesk } from "./card-desk.ts";
import type { Line } from "./lines.ts";
import {
  finish,
  type ModelOptions,
  type ModelStep,
  reasoning,
  scriptedModel,
  toolCall,
  usage,
} from "./scripted-model.ts";

const cited: ModelStep = {
  chunk: {
    content: [
      {
        type: "text",
        text: "北京是晴天。",
        annotations: [{ type: "url_citation", url: "https://e.com/bj", title: "北京天气" }],
      },
    ],
  },
};

/** Thinks, calls two tools at once, one of which fails, and answers from a source. */
export const busyCalls: readonly (readonly ModelStep[])[] = [
  [
    reasoning("用户想"),
    reasoning("知道天气。"),
    { waitMs: 1_200 },
    "让我查一下。",
    ...toolCall("weather", { city: "北京" }, "call-1", 1),
    ...toolCall("news", { city: "北京" }, "call-2", 2),
    usage(3, 10),
    finish("tool_calls"),
  ],
  [{ waitMs: 100 }, cited, usage(3, 10), finish("stop")],
];

export function busyAgent(line: Line, desk: CardDesk, options: Partial<ModelOptions> = {}) {
  const { clock } = desk;
  const weather = () => clock.sleep(500).then(() => ({ sky: "晴" }));
  const news = async () => {
    await clock.sleep(200);
    throw new Error("boom");
  };
  return line.prebuilt.createReactAgent({
    llm: scriptedModel(line, { clock, calls: busyCalls, ...options }),
    tools: [weatherTool(line, weather), weatherTool(line, news, "news")],
  });
}
