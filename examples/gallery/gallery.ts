import { type FeishuEmulator, startFeishuEmulator } from "@streamcard/emulator";
import type { Chapter } from "./chapter.ts";
import { actions } from "./chapters/actions.ts";
import { codeAndTables } from "./chapters/code-and-tables.ts";
import { headers } from "./chapters/headers.ts";
import { hostile } from "./chapters/hostile.ts";
import { layout } from "./chapters/layout.ts";
import { media } from "./chapters/media.ts";
import { text } from "./chapters/text.ts";
import { connect, type FeishuApi } from "./feishu-api.ts";
import { paintPicture } from "./paint-picture.ts";
import { answerChapter } from "./stories/answer.ts";
import { footChapter } from "./stories/foot.ts";
import { headerChapter } from "./stories/header.ts";
import { imagesChapter } from "./stories/images.ts";
import { languagesChapter } from "./stories/languages.ts";
import { layoutChapter } from "./stories/layout.ts";
import { reasoningChapter } from "./stories/reasoning.ts";
import { severalChapter } from "./stories/several.ts";
import { statusChapter } from "./stories/status.ts";
import { toolsChapter } from "./stories/tools.ts";
import type { StoryChapter } from "./story.ts";
import { type ToldStory, tellStory } from "./tell-story.ts";

/** The chats of the gallery, the last one first in the list. */
const chapters: readonly Chapter[] = [hostile, headers, media, actions, layout, codeAndTables, text];

/** The chats with cards of streamcard, above those of the platform's components. */
const storyChapters: readonly StoryChapter[] = [
  languagesChapter,
  layoutChapter,
  headerChapter,
  footChapter,
  imagesChapter,
  severalChapter,
  toolsChapter,
  reasoningChapter,
  statusChapter,
  answerChapter,
];

export interface Gallery {
  readonly emulator: FeishuEmulator;
  readonly api: FeishuApi;
  /** Ids of the chats, by the name of their chapter. */
  readonly chatIds: ReadonlyMap<string, string>;
  /** Cards that streamcard made. */
  readonly told: readonly ToldStory[];
  close(): Promise<void>;
}

/** Starts an emulator with one chat for each chapter and all of its cards. */
export async function openGallery(port = 0): Promise<Gallery> {
  const emulator = await startFeishuEmulator({
    port,
    rules: { messageLimitPerSecond: 1000, appLimit: "off", cardLimit: "never" },
  });
  emulator.addPerson({ name: "王小明" });
  const api = await connect(emulator);
  const picture = paintPicture(960, 540);
  const [wide, tall, square] = await Promise.all([
    api.uploadImage(picture),
    api.uploadImage(paintPicture(360, 560)),
    api.uploadImage(paintPicture(400, 400)),
  ]);
  const exhibits = { images: { wide, tall, square }, people: emulator.people.map(({ openId }) => openId) };
  const chatIds = new Map<string, string>();
  for (const { name, cards } of chapters) {
    const chatId = emulator.addChat({ name });
    chatIds.set(name, chatId);
    for (const card of cards(exhibits)) await api.sendCard(await api.createCard(card), chatId);
  }
  const told: ToldStory[] = [];
  for (const { name, stories } of storyChapters) {
    const chatId = emulator.addChat({ name });
    chatIds.set(name, chatId);
    const [person = ""] = exhibits.people;
    for (const story of stories({ person, picture })) told.push(await tellStory(story, { emulator, chatId }));
  }
  await Promise.all(told.map(({ result }) => result));
  await holdConversation(emulator, api);
  answerClicks(emulator);
  const close = async (): Promise<void> => {
    await Promise.all(told.map(({ feishu }) => feishu.close()));
    await emulator.close();
  };
  return { emulator, api, chatIds, told, close };
}

// Messages besides cards: replies, a thread, a recalled message.
async function holdConversation(emulator: FeishuEmulator, api: FeishuApi): Promise<void> {
  const { group } = emulator.chats;
  const [, second, third] = emulator.people;
  const question = emulator.say({ text: "这周的运行情况怎么样？", chatId: group });
  const answer = await api.sendText(
    "本周运行 1,284 次，成功率 98.6%。详见 https://example.com/report",
    group,
  );
  await api.reply(question.messageId, "已经发到群里了。", false);
  await api.reply(answer, "失败的 18 次里有 15 次是超时。", true);
  if (second !== undefined)
    emulator.say({ text: "超时是哪一个模型？", chatId: group, from: second.openId, mentionsBot: false });
  const mistake = emulator.say({ text: "发错了", chatId: group });
  emulator.recall(mistake.messageId);
  if (third !== undefined && third.openId !== second?.openId)
    emulator.addChat({ name: "只有一个人的群", people: [third.openId] });
}

// Every kind of answer that an app can give to a click.
function answerClicks(emulator: FeishuEmulator): void {
  const types = ["success", "info", "warning", "error"];
  let count = 0;
  emulator.onCardAction((interaction) => {
    const type = types[count++ % types.length] ?? "info";
    const { value, ...more } = interaction.event.event.action;
    const said = JSON.stringify(Object.keys(value ?? {}).length > 0 ? value : (more.form_value ?? more));
    setTimeout(() => interaction.answer({ toast: { type, content: `收到 ${said}` } }), 600);
  });
}
