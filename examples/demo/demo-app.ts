import { createFeishu, type Feishu, toFeishuCard } from "@streamcard/ai-sdk";
import type { ModelMessage } from "ai";
import { runAgent } from "./agent.ts";
import { chooseModel } from "./choose-model.ts";
import { DocIndex, languageOf } from "./search-docs.ts";
import { createTools } from "./tools.ts";

type Target = { readonly to: string } | { readonly replyTo: string };

export interface DemoApp {
  readonly modelName: string;
  /** Answers a question with a card. */
  answer(
    feishu: Feishu,
    target: Target,
    messages: ModelMessage[],
    signal?: AbortSignal,
  ): ReturnType<typeof toFeishuCard>;
}

/** The agent of the demo, ready to answer with cards. */
export async function createDemoApp(env: NodeJS.ProcessEnv): Promise<DemoApp> {
  const { model, name } = chooseModel(env);
  const tools = createTools(await DocIndex.load());
  return {
    modelName: name,
    answer: (feishu, target, messages, signal) =>
      toFeishuCard((run) => runAgent({ model, tools }, messages, run.signal), {
        ...target,
        feishu,
        locale: languageOf(questionOf(messages)) === "zh" ? "zh-CN" : "en-US",
        ...(signal !== undefined && { signal }),
      }),
  };
}

function questionOf(messages: readonly ModelMessage[]): string {
  const content = messages.at(-1)?.content;
  return typeof content === "string" ? content : "";
}

/** The app and the chat of the environment, where it names them: then cards go to the real Feishu. */
export function realFeishu(env: NodeJS.ProcessEnv): { feishu: Feishu; to: string } | undefined {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_TO: to } = env;
  if (to && !/^o[cun]_|@/.test(to)) {
    console.warn(`FEISHU_TO is usually a chat (oc_…) or a person (ou_…); it is ${JSON.stringify(to)}.`);
  }
  if (appId && appSecret && to) return { feishu: createFeishu({ appId, appSecret }), to };
  if (appId || appSecret || to) {
    const missing = Object.entries({ FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_TO: to })
      .filter(([, value]) => !value)
      .map(([name]) => name);
    console.warn(
      `The card stays on this machine: for the real Feishu, set ${missing.join(" and ")} as well.`,
    );
  }
  return undefined;
}
