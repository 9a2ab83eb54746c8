import { setTimeout as wait } from "node:timers/promises";
import { type CardInput, createFeishu } from "@streamcard/feishu";
import type { Gallery } from "./gallery.ts";

const THOUGHT = "用户想知道天空的颜色。先查资料，再用一张表说明。";

const ANSWER = `正在逐字输出的回答：先说结论，再给代码。

\`\`\`typescript
for await (const part of result.fullStream) card.push(part);
\`\`\`

| 阶段 | 用时 |
| :-- | --: |
| 首字 | 0.4 s |
| 全文 | 6.2 s |

**以上**就是全部内容。`;

const STEP = { characters: 5, ms: 120 };
const PAUSE_MS = 20_000;
const LOOK_UP_MS = 1_200;

/** Answers again and again in the bot's own chat, so that something on the page always types. */
export async function typeForever({ emulator }: Gallery, signal: AbortSignal): Promise<void> {
  const { appId, appSecret } = emulator.credentials;
  const feishu = createFeishu({ appId, appSecret, domain: emulator.url, handleSignals: false });
  signal.addEventListener("abort", () => void feishu.close());
  while (!signal.aborted) {
    const card = feishu.card({
      to: emulator.chats.direct,
      header: { title: "流式输出", showStatus: true },
      footer: true,
    });
    for await (const input of run(signal)) card.push(input);
    await card.finish();
    await wait(PAUSE_MS, undefined, { signal });
  }
}

async function* run(signal: AbortSignal): AsyncGenerator<CardInput> {
  for await (const text of steps(THOUGHT, signal)) yield { type: "reasoning-delta", id: "1", text };
  const call = { toolCallId: "call-1", toolName: "查找资料" };
  yield { type: "tool-call", ...call, input: { query: "瑞利散射" } };
  await wait(LOOK_UP_MS, undefined, { signal });
  yield { type: "tool-result", ...call, output: { hits: 3 } };
  for await (const text of steps(ANSWER, signal)) yield text;
  yield { type: "finish", finishReason: "stop", totalUsage: { inputTokens: 1204, outputTokens: 356 } };
}

async function* steps(text: string, signal: AbortSignal): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += STEP.characters) {
    await wait(STEP.ms, undefined, { signal });
    yield text.slice(at, at + STEP.characters);
  }
}
