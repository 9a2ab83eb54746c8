import { type ToFeishuCardOptions, toFeishuCard } from "../to-feishu-card.ts";
import type { CardDesk } from "./card-desk.ts";
import type { Major, RunOptions } from "./majors.ts";
import { boom } from "./scenarios.ts";
import {
  type Call,
  finish,
  image,
  reasoning,
  scriptedModel,
  source,
  text,
  toolCall,
} from "./scripted-model.ts";

/** Thinks, calls two tools at once, one of which fails, and answers with a picture, from a source. */
export const busyCalls: readonly Call[] = [
  [
    ...reasoning("用户想知道天气。"),
    { afterMs: 1_200 },
    ...text("让我查一下。"),
    ...toolCall("weather", "call-1"),
    ...toolCall("news", "call-2"),
    finish("tool-calls"),
  ],
  [
    source("https://e.com/bj", "北京天气"),
    image(),
    ...text("北京是晴天。"),
    source("https://e.com/bj", "北京天气"),
    finish(),
  ],
];

export function busyRun(desk: CardDesk, script = busyCalls): RunOptions {
  const { clock } = desk;
  return {
    model: scriptedModel({ clock, calls: script }),
    maxSteps: 3,
    tools: {
      weather: { title: "天气", execute: () => clock.sleep(500).then(() => ({ sky: "晴" })) },
      news: {
        execute: async () => {
          await clock.sleep(200);
          throw boom;
        },
      },
    },
    onError: () => {},
  };
}

export function showRun(
  major: Major,
  desk: CardDesk,
  { run = busyRun(desk), ...options }: ToFeishuCardOptions & { readonly run?: RunOptions } = {},
) {
  return toFeishuCard(({ signal }) => major.streamText({ ...run, abortSignal: signal }), {
    to: desk.to,
    feishu: desk.feishu,
    ...options,
  });
}
