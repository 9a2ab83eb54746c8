import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { type CardSnapshot, startFeishuEmulator } from "@streamcard/emulator";
import { createFeishu } from "@streamcard/langchain";
import { createBot } from "./bot.ts";
import { buttonValue } from "./button-value.ts";

// A Feishu on this machine, and a bot that it sends its events to, signed and encrypted. For the real one, leave the
// options of createFeishu() out, set FEISHU_APP_ID, FEISHU_APP_SECRET and FEISHU_ENCRYPT_KEY, and serve the webhook.
const emulator = await startFeishuEmulator({ page: false });
const feishu = createFeishu({ ...emulator.credentials, domain: emulator.url });
const encryptKey = crypto.randomUUID();
const webhook = createBot({ feishu, encryptKey });
const subscription = emulator.subscribe({
  url: "https://bot.example/feishu",
  encryptKey,
  fetch: (url, init) => webhook(new Request(url, init)),
});
await subscription.verify();

/** Waits for the nth card to be finalized. */
async function finalCard(index: number) {
  for (let waits = 0; waits < 200; waits += 1) {
    const card = emulator.cards()[index];
    if (card?.finalizations === 1) return card;
    await sleep(50);
  }
  throw new Error(`Card ${index} was not finalized within 10 seconds.`);
}

/** Asks as a person would, and decides on the card that asks back. @returns The lines of each card then. */
async function askAndDecide(action: "approve" | "deny") {
  const before = emulator.cards().length;
  const question = emulator.say("写一份停机维护的通知，并发出去");
  const asking = await finalCard(before);
  emulator.click(asking.messageId ?? "", { value: buttonValue(asking.json, action) });
  const resumed = await finalCard(before + 1);
  assert.equal(parentOf(asking), question.messageId);
  assert.equal(parentOf(resumed), asking.messageId);
  const cards = [asking, resumed].map(linesOf);
  console.log(cards);
  return cards;
}

function parentOf({ messageId }: CardSnapshot): string | undefined {
  return emulator.messages().find((message) => message.messageId === messageId)?.parentId;
}

function linesOf({ elements }: CardSnapshot): string[] {
  return elements.flatMap(({ content }) => content ?? []);
}

const draft = "通知草稿：**周五 18:00 停机维护**，预计两小时。";
for (const [action, answer] of [
  ["approve", ["审批通过。", "通知已经发给 128 人。"]],
  ["deny", ["审批未通过，通知没有发出。"]],
] as const) {
  const [asked = [], answered = []] = await askAndDecide(action);
  for (const line of [draft, "等待处理"]) assert.ok(asked.includes(line), `The card that asks says ${line}`);
  for (const line of [...answer, "已完成"]) assert.ok(answered.includes(line), `The answer says ${line}`);
}
console.log("All four cards are what they should be.");

await webhook.close();
await feishu.close();
await emulator.close();
