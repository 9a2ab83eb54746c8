import {
  button,
  card,
  column,
  columns,
  div,
  header,
  icon,
  markdown,
  notation,
  panel,
  plain,
} from "../card-parts.ts";
import type { Chapter } from "../chapter.ts";

const figure = (label: string, value: string, color: string) =>
  column(
    [
      div(label, { text_size: "notation", text_color: "grey", text_align: "center" }),
      div(value, { text_size: "heading-2", text_color: color, text_align: "center" }),
    ],
    { background_style: "grey-50", padding: "12px 8px 12px 8px" },
  );

export const layout: Chapter = {
  name: "分栏与折叠面板",
  cards: () => [
    card(
      [
        columns("bisect", [
          figure("本周运行", "1,284", "blue"),
          figure("成功率", "98.6%", "green"),
          figure("平均用时", "6.2 s", "orange"),
        ]),
        columns("stretch", [
          column(
            [
              markdown("**模型 A**\n\n瑞利散射的强度与波长的四次方成反比，所以蓝光散射得更多。"),
              notation("1.8 s · 212 tokens"),
            ],
            {
              background_style: "blue-50",
              padding: "12px",
            },
          ),
          column(
            [
              markdown("**模型 B**\n\n空气分子更容易散射短波长的光，天空因此呈蓝色。"),
              notation("2.4 s · 187 tokens"),
            ],
            {
              background_style: "violet-50",
              padding: "12px",
            },
          ),
        ]),
        columns("none", [
          column([markdown("三份中的两份")], { weight: 2, background_style: "grey-100", padding: "8px" }),
          column([markdown("一份")], { background_style: "grey-100", padding: "8px" }),
        ]),
      ],
      header("分栏", "indigo"),
    ),
    card(
      [
        panel("已思考 3.2 秒", [markdown("先想一想颜色从哪里来：阳光是各种波长的混合……")], {
          expanded: true,
          header: {
            title: plain("已思考 3.2 秒", { text_color: "grey", text_size: "notation" }),
            icon: icon("down-small-ccm_outlined"),
            icon_position: "follow_text",
          },
        }),
        panel("", [markdown('输入\n```json\n{"query": "瑞利散射"}\n```\n输出\n```json\n{"hits": 3}\n```')], {
          header: {
            title: {
              tag: "markdown",
              content: "**search_docs** <text_tag color='green'>完成</text_tag> 0.8 s",
            },
            background_color: "grey-50",
            padding: "8px 12px 8px 12px",
            icon_position: "right",
          },
          border: { color: "grey-300", corner_radius: "8px" },
          padding: "8px 12px 12px 12px",
        }),
        panel(
          "左侧图标，展开",
          [markdown("外层"), panel("里面还有一层", [markdown("内层")], { expanded: true })],
          {
            expanded: true,
            header: {
              title: plain("左侧图标，展开"),
              padding: "8px 8px 0px 8px",
              icon_position: "left",
              icon_expanded_angle: 90,
              icon: icon("right_outlined"),
            },
            border: { color: "blue" },
            background_color: "blue-50",
            padding: "8px",
          },
        ),
        panel("收起时只有标题这么宽", [markdown("展开后占满一行")], {
          header: {
            title: plain("收起时只有标题这么宽"),
            width: "auto_when_fold",
            background_color: "grey-100",
            padding: "4px 8px 4px 8px",
            icon_position: "follow_text",
          },
        }),
      ],
      header("折叠面板", "purple"),
    ),
    card([
      {
        tag: "interactive_container",
        has_border: true,
        corner_radius: "8px",
        padding: "12px",
        behaviors: [{ type: "callback", value: { container: 1 } }],
        hover_tips: plain("整块都可以点击"),
        elements: [markdown("**可点击的容器**\n整块都可以点击，点击后等待应用的应答。")],
      },
      {
        tag: "interactive_container",
        has_border: true,
        border_color: "orange",
        background_style: "orange-50",
        corner_radius: "8px",
        padding: "12px",
        disabled: true,
        behaviors: [],
        elements: [markdown("停用的容器")],
      },
      columns("none", [
        column([div("靠上")], { vertical_align: "top", background_style: "grey-50", padding: "8px" }),
        column([div("居中")], { vertical_align: "center", background_style: "grey-50", padding: "8px" }),
        column([button("一个\n按钮"), div("三行")], { background_style: "grey-50", padding: "8px" }),
      ]),
    ]),
  ],
};
