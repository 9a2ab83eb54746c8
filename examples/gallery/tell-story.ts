import type { FeishuEmulator } from "@streamcard/emulator";
import { type CardResult, createFeishu, type Feishu } from "@streamcard/feishu";
import type { Story } from "./story.ts";
import { StoryCard } from "./story-card.ts";
import { StoryClock } from "./story-clock.ts";

export interface ToldStory {
  readonly story: Story;
  readonly feishu: Feishu;
  /** Result of the card, if its story has an end. */
  readonly result: Promise<CardResult> | undefined;
}

/** Makes the card of a story with streamcard. Resolves once the card is in the chat. */
export async function tellStory(
  story: Story,
  { emulator, chatId }: { readonly emulator: FeishuEmulator; readonly chatId: string },
): Promise<ToldStory> {
  const { options, tell } = story;
  const clock = new StoryClock();
  const { appId, appSecret } = emulator.credentials;
  const feishu = createFeishu({ appId, appSecret, domain: emulator.url, clock, handleSignals: false });
  const stream = feishu.card({ to: chatId, timeouts: { idleMs: 0 }, ...options });
  const card = new StoryCard(stream, clock);
  tell(card);
  await stream.opened;
  return { story, feishu, result: card.result };
}
