import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { startFeishuEmulator } from "@streamcard/emulator";
import { createFeishu, FeishuCardHandler } from "@streamcard/langchain";
import { createAgent, tool } from "langchain";
import { z } from "zod";
import { ScriptedModel } from "./scripted-model.ts";

// A Feishu on this machine. For the real one, leave the options of createFeishu() out and set FEISHU_APP_ID,
// FEISHU_APP_SECRET and FEISHU_TO.
const emulator = await startFeishuEmulator({ page: false });
const feishu = createFeishu({ ...emulator.credentials, domain: emulator.url });
const handler = new FeishuCardHandler({ feishu, to: emulator.chats.group });

const weather = tool(({ city }) => `${city}：晴，21 ℃`, {
  name: "weather",
  description: "The weather of a city",
  schema: z.object({ city: z.string() }),
});
const question = { messages: [{ role: "user" as const, content: "北京天气怎么样？" }] };

// An agent that uses a tool: both of its texts are on one card, each in a block of its own.
const model = new ScriptedModel([
  { text: "我查一下北京的天气。", call: { name: "weather", args: { city: "北京" } } },
  { text: "北京今天是晴天，21 ℃，适合出门走走。" },
]);
const run = handler.run();
await createAgent({ model, tools: [weather] }).invoke(question, run);
const answered = await run.result;

// An answer that is stopped in its middle: the run gets the signal, the card says that it was stopped.
const longModel = new ScriptedModel([{ text: "这个回答会很长，".repeat(50) }]);
const longRun = handler.run();
const stopped = assert.rejects(createAgent({ model: longModel, tools: [] }).invoke(question, longRun));
await sleep(1_000);
await longRun.abort("reader");
await stopped;

const cards = emulator.cards().map(({ elements, streaming, finalizations }) => ({
  texts: elements.filter(({ elementId }) => elementId?.startsWith("answer")).map(({ content }) => content),
  status: elements.at(-1)?.content,
  streaming,
  finalizations,
}));
console.log(cards);
assert.equal(answered.status, "finished");
assert.deepEqual(cards[0], {
  texts: ["我查一下北京的天气。", "北京今天是晴天，21 ℃，适合出门走走。"],
  status: "已完成",
  streaming: false,
  finalizations: 1,
});
assert.match(cards[1]?.texts.join("") ?? "", /^(?:这个回答会很长，)+/);
assert.equal(cards[1]?.status, "已由用户停止");
assert.equal(cards[1]?.streaming, false);
console.log("Both cards are what they should be.");

await feishu.close();
await emulator.close();
