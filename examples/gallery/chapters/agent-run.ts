import {
  button,
  card,
  column,
  columns,
  header,
  icon,
  markdown,
  notation,
  type Part,
  panel,
  plain,
  row,
  tag,
} from "../card-parts.ts";
import type { Chapter } from "../chapter.ts";

function tool(name: string, state: [string, string], detail: string, more: Part = {}): Part {
  return panel("", [markdown(detail)], {
    header: {
      title: {
        tag: "markdown",
        content: `${name} <text_tag color='${state[1]}'>${state[0]}</text_tag>`,
        text_size: "normal",
      },
      icon: icon("right_outlined"),
      icon_position: "left",
      icon_expanded_angle: 90,
    },
    ...more,
  });
}

const actions = row([
  button("有帮助", { size: "small", icon: icon("thumbsup_outlined") }),
  button("没有帮助", { size: "small" }),
  button("重新生成", { size: "small", icon: icon("refresh_outlined") }),
]);

/** Cards as an agent's runs look; the library's own are beside them in the demo. */
export const agentRun: Chapter = {
  name: "Agent 的一次运行",
  cards: () => [
    card(
      [
        panel("", [markdown("用户想知道原因。先查资料，再核对波长的数据，最后用一张表说明。")], {
          header: {
            title: plain("已思考 3.2 秒", { text_color: "grey" }),
            icon: icon("down-small-ccm_outlined"),
            icon_position: "follow_text",
          },
        }),
        tool(
          "查找资料",
          ["完成", "green"],
          '输入\n```json\n{ "query": "瑞利散射" }\n```\n输出\n```json\n{ "hits": ["sky.md", "light.md"] }\n```',
          { expanded: true },
        ),
        tool("计算", ["失败", "red"], "```\nDivisionByZero: (450 / 0)\n```"),
        tool("发送邮件", ["等待批准", "orange"], '```json\n{ "to": 3 }\n```'),
        markdown(
          "阳光穿过大气层时，会不断碰到氮气和氧气分子，发生**瑞利散射**：散射的强度与波长的四次方成反比。\n\n| 颜色 | 波长 | 相对强度 |\n| :-- | --: | --: |\n| 红 | 700 nm | 1 |\n| 绿 | 530 nm | 约 3 |\n| 蓝 | 450 nm | 约 6 |\n\n人眼对蓝色比对紫色更敏感，所以看到的是蓝天。",
        ),
        markdown(
          "**来源**\n1. [瑞利散射 - 百科](https://example.com/rayleigh)\n2. [大气光学](https://example.com/optics)",
          { text_size: "notation" },
        ),
        { tag: "hr" },
        notation("deepseek-chat · 输入 1,204 · 输出 356 tokens · 首字 0.4 s · 共 6.2 s"),
        actions,
      ],
      header("为什么天空是蓝色的？", "blue", { text_tag_list: [tag("已完成", "green")] }),
    ),
    card(
      [
        columns("stretch", [
          column([markdown("**gpt**\n\n短波长的蓝光散射得更多。"), notation("完成 · 1.8 s")], {
            background_style: "grey-50",
            padding: "12px",
          }),
          column([markdown("**claude**\n\n大气分子让蓝光布满天空。"), notation("完成 · 2.4 s")], {
            background_style: "grey-50",
            padding: "12px",
          }),
        ]),
      ],
      header("两个模型，一张卡片", "violet"),
    ),
    card(
      [
        markdown("写到一半，读者按下了停止。"),
        notation("已被 Lin Xia 停止", { icon: icon("stop_outlined") }),
      ],
      header("停止的运行", "grey", { text_tag_list: [tag("已停止", "neutral")] }),
    ),
    card(
      [
        markdown("模型没有应答。"),
        notation("出错：服务暂时不可用，请稍后再试", { icon: icon("warning_outlined", "red") }),
      ],
      header("失败的运行", "red", { text_tag_list: [tag("失败", "red")] }),
    ),
  ],
};
