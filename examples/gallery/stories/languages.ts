import type { Locale } from "@streamcard/feishu";
import type { Story, StoryChapter } from "../story.ts";

const words: Readonly<Record<Locale, { title: string; thought: string; answer: string }>> = {
  "zh-CN": { title: "今天适合骑车吗？", thought: "看看风力和降水。", answer: "适合：微风，没有雨。" },
  "en-US": {
    title: "A good day for a ride?",
    thought: "Check wind and rain.",
    answer: "Yes: a light breeze, no rain.",
  },
  "ja-JP": {
    title: "今日はサイクリング日和？",
    thought: "風と雨を調べる。",
    answer: "はい。風は弱く、雨は降りません。",
  },
};

function inLanguage(locale: Locale): Story[] {
  const { title, thought, answer } = words[locale];
  const options = { locale, header: { title, showStatus: true }, footer: true, actions: true };
  return [
    { options, tell: (card) => card.canStop() },
    {
      options,
      tell: (card) =>
        card
          .pass(400)
          .thinks(thought, 2_100)
          .calls("get_weather", { input: { city: "上海" }, output: { wind: 2, rain: 0 } })
          .calls("get_calendar", { input: {}, output: new Error("403"), way: "failed" })
          .calls("book_bike", { input: { bikes: 1 }, way: "denied" })
          .push(answer)
          .pass(900)
          .cites({ title: "weather.example.com", url: "https://weather.example.com" })
          .ends(),
    },
    {
      options,
      tell: (card) =>
        card
          .push(answer)
          .calls("book_bike", { input: { bikes: 1 }, way: "waiting" })
          .ends("tool-calls"),
    },
    { options: { locale }, tell: (card) => card.push(answer).fails({ statusCode: 429 }) },
  ];
}

/** The same run in each language that cards speak. */
export const languagesChapter: StoryChapter = {
  name: "三种语言",
  stories: () => (["zh-CN", "en-US", "ja-JP"] as const).flatMap(inLanguage),
};
