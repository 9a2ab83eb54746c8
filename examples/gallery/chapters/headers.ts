import { card, div, header, icon, markdown, plain, row, tag } from "../card-parts.ts";
import type { Chapter } from "../chapter.ts";

const TEMPLATES = [
  "blue",
  "wathet",
  "turquoise",
  "green",
  "yellow",
  "orange",
  "red",
  "carmine",
  "violet",
  "purple",
  "indigo",
  "grey",
  "default",
];
const TAGS = [
  "neutral",
  "blue",
  "turquoise",
  "lime",
  "orange",
  "violet",
  "indigo",
  "wathet",
  "green",
  "yellow",
  "red",
  "purple",
  "carmine",
];

export const headers: Chapter = {
  name: "标题与颜色",
  cards: () => [
    ...TEMPLATES.map((template) =>
      card(
        [div("正文")],
        header(`标题 ${template}`, template, {
          subtitle: plain("副标题"),
          text_tag_list: [
            tag("已完成", template === "default" || template === "grey" ? "neutral" : template),
            tag("v2", "neutral"),
          ],
          icon: icon("myai_colorful", template === "default" ? "grey" : template),
        }),
      ),
    ),
    card(
      [
        markdown(TAGS.map((color) => `<text_tag color='${color}'>${color}</text_tag>`).join(" ")),
        row(TAGS.slice(1).map((color) => div(color, { text_color: color }))),
      ],
      header("很长的标题会换行：".repeat(6), "blue", {
        text_tag_list: [tag("等待确认", "orange"), tag("第二个标签", "blue"), tag("第三个", "red")],
      }),
    ),
  ],
};
