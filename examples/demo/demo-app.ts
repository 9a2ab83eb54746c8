import { type CardResult, createFeishu, type Feishu, toFeishuCard } from "@streamcard/ai-sdk";
import type { FeishuMessage } from "@streamcard/feishu/webhook";
import { runAgent } from "./agent.ts";
import { chooseModel } from "./choose-model.ts";
import { languageOf } from "./language.ts";
import { planTurn } from "./scripted-model/plan-turn.ts";
import { createScriptedModel } from "./scripted-model/scripted-model.ts";
import { DocIndex } from "./search-docs.ts";
import { createTools } from "./tools.ts";

export interface DemoApp {
  readonly modelName: string;
  /** Answers a message to the bot. */
  answer(message: FeishuMessage): Promise<CardResult>;
  /** Answers a question that nobody wrote in Feishu, in a chat there. */
  answerIn(chat: RealChat, question: string): Promise<CardResult>;
}

/** A chat of the real Feishu, and the app that writes to it. */
export interface RealChat {
  readonly feishu: Feishu;
  readonly to: string;
}

/** The agent of the demo, ready to answer with cards. */
export async function createDemoApp(env: NodeJS.ProcessEnv): Promise<DemoApp> {
  const { model, name } = chooseModel(env, createScriptedModel(planTurn));
  const agent = { model, tools: createTools(await DocIndex.load()) };
  return {
    modelName: name,
    answer: (message) =>
      message.reply(async ({ signal }) => runAgent(agent, await message.history(), signal), {
        locale: localeOf(message.text),
      }),
    answerIn: ({ feishu, to }, question) =>
      toFeishuCard(({ signal }) => runAgent(agent, [{ role: "user", content: question }], signal), {
        feishu,
        to,
        locale: localeOf(question),
      }),
  };
}

function localeOf(question: string): "zh-CN" | "en-US" {
  return languageOf(question) === "zh" ? "zh-CN" : "en-US";
}

/** Reads the app and the chat of the environment; with both, a card goes to the real Feishu. */
export function realChat(env: NodeJS.ProcessEnv): RealChat | undefined {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_TO: to } = env;
  if (to && !/^o[cun]_|@/.test(to)) {
    console.warn(`FEISHU_TO is usually a chat (oc_…) or a person (ou_…); it is ${JSON.stringify(to)}.`);
  }
  if (appId && appSecret && to) return { feishu: createFeishu({ appId, appSecret }), to };
  warnOfMissing({ FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_TO: to });
  return undefined;
}

/** Reads the app of the environment; with one, the demo is its bot. */
export function realApp(env: NodeJS.ProcessEnv): { appId: string; appSecret: string } | undefined {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret } = env;
  if (appId && appSecret) return { appId, appSecret };
  warnOfMissing({ FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret });
  return undefined;
}

/** Tells whether the real Feishu is meant, because a variable of it is set. */
function warnOfMissing(settings: Readonly<Record<string, string | undefined>>): void {
  const missing = Object.keys(settings).filter((name) => !settings[name]);
  if (missing.length === Object.keys(settings).length) return;
  console.warn(`The demo stays on this machine: for the real Feishu, set ${missing.join(" and ")} as well.`);
}
