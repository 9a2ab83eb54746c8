import type { StoryChapter } from "../story.ts";

/** Images that a run produced or mentions: drawn where they may be, else a link. */
export const imagesChapter: StoryChapter = {
  name: "回答里的图片",
  stories: ({ picture }) => {
    const asBytes = { mediaType: "image/png", uint8Array: picture };
    const images = {
      allowedHosts: ["pictures.example.com"],
      fetch: async () => new Response(picture, { headers: { "content-type": "image/png" } }),
    };
    const hills = "![夕阳下的山](https://pictures.example.com/hills.png)";
    return [
      {
        tell: (card) =>
          card
            .calls("draw_picture", { input: { prompt: "夕阳下的山" }, output: "ok", tookMs: 8_400 })
            .push("画好了：", { type: "file", file: asBytes }, "需要换一种颜色吗？")
            .ends(),
      },
      {
        options: { images },
        tell: (card) => card.push(`来自允许的主机：\n\n${hills}\n\n图片之后的文字。`).ends(),
      },
      { tell: (card) => card.push(`来自其他主机：${hills}，只显示为链接。`).ends() },
    ];
  },
};
