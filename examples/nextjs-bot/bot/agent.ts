import { stepCountIs, tool } from "ai";
import { z } from "zod";
import { chooseModel } from "../../demo/choose-model.ts";
import { createScriptedModel } from "../../demo/scripted-model/scripted-model.ts";
import { planTurn } from "./plan-turn.ts";

/** The model that OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL name, else a scripted one. */
export const { model } = chooseModel(process.env, createScriptedModel(planTurn));

/** The options with which the bot calls `streamText()`. */
export const agent = {
  model,
  instructions: "You are a helpful assistant in a Feishu chat. Answer in the language of the question.",
  tools: {
    bookRoom: tool({
      description: "Books a meeting room for today.",
      inputSchema: z.object({ room: z.string(), time: z.string().describe("such as 15:00") }),
      execute: ({ room, time }) => ({ room, time, bookedAt: new Date().toISOString() }),
    }),
  },
  toolApproval: { bookRoom: "user-approval" as const },
  stopWhen: stepCountIs(4),
};
