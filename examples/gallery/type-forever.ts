import { setTimeout as wait } from "node:timers/promises";
import { card, header, markdown, tag } from "./card-parts.ts";
import type { Gallery } from "./gallery.ts";

const ANSWER = `正在逐字输出的回答：先说结论，再给代码。

\`\`\`typescript
for await (const part of result.fullStream) card.push(part);
\`\`\`

| 阶段 | 用时 |
| :-- | --: |
| 首字 | 0.4 s |
| 全文 | 6.2 s |

**以上**就是全部内容。`;

const STEP = { characters: 9, ms: 250 };
const PAUSE_MS = 3_000;

/** Answers again and again in the bot's own chat, so that something on the page always types. */
export async function typeForever({ emulator, api }: Gallery, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const config = { streaming_mode: true, streaming_config: { print_frequency_ms: { default: 30 } } };
    const cardId = await api.createCard(
      card([markdown("", { element_id: "answer" })], {
        config,
        ...header("流式输出", "blue", { text_tag_list: [tag("生成中", "blue")] }),
      }),
    );
    await api.sendCard(cardId, emulator.chats.direct);
    let sequence = 0;
    for (let end = STEP.characters; end < ANSWER.length + STEP.characters; end += STEP.characters) {
      await wait(STEP.ms, undefined, { signal });
      await api.content(cardId, "answer", ANSWER.slice(0, end), ++sequence);
    }
    await wait(PAUSE_MS, undefined, { signal });
    await api.settings(
      cardId,
      { streaming_mode: false, summary: { content: "以上就是全部内容" } },
      ++sequence,
    );
    await wait(10 * PAUSE_MS, undefined, { signal });
  }
}
