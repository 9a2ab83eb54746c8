import {
  button,
  card,
  column,
  columns,
  header,
  icon,
  markdown,
  type Part,
  plain,
  row,
} from "../card-parts.ts";
import type { Chapter } from "../chapter.ts";

const TYPES = [
  "default",
  "primary",
  "danger",
  "text",
  "primary_text",
  "danger_text",
  "primary_filled",
  "danger_filled",
  "laser",
];
const SIZES = ["tiny", "small", "medium", "large"];

const options = ["北京", "上海", "深圳", "一个名字很长很长的城市，长到放不下"].map((name, index) => ({
  text: plain(name),
  value: `city-${index}`,
}));

function select(more: Part): Part {
  return { tag: "select_static", placeholder: plain("选择城市"), options, ...more };
}

export const actions: Chapter = {
  name: "按钮与选择",
  cards: ({ images }) => [
    card(
      [
        row(TYPES.map((type) => button(type, { type }))),
        row(TYPES.map((type) => button(type, { type, disabled: true, disabled_tips: plain("现在不能点") }))),
        columns(
          "flow",
          SIZES.map((size) => column([button(size, { size })], { width: "auto", vertical_align: "center" })),
        ),
        row([
          button("停止", { type: "danger", icon: icon("stop_outlined", "red") }),
          button("有帮助", { icon: icon("thumbsup_outlined"), hover_tips: plain("告诉我们") }),
          button("重新生成", { icon: icon("refresh_outlined") }),
          button("先问一句", {
            type: "primary",
            confirm: { title: plain("确定要删除吗？"), text: plain("删除之后无法恢复。") },
          }),
        ]),
        button("占满一行", { width: "fill", type: "primary_filled" }),
        button("名字太长的按钮".repeat(10)),
      ],
      header("按钮", "blue"),
    ),
    card([
      markdown("**需要你的批准**\n工具 `send_email` 将给 3 人发送邮件。"),
      columns("none", [
        column([button("批准", { type: "primary_filled", width: "fill" })]),
        column([button("拒绝", { type: "danger", width: "fill" })]),
      ]),
    ]),
    card(
      [
        row([
          select({}),
          select({ initial_option: "city-1" }),
          select({ disabled: true }),
          {
            tag: "overflow",
            options: [
              { text: plain("复制链接"), value: "copy" },
              { text: plain("打开文档"), value: "open", multi_url: { url: "https://open.feishu.cn" } },
            ],
          },
        ]),
        row([
          {
            tag: "multi_select_static",
            placeholder: plain("可以多选"),
            options,
            selected_values: ["city-0", "city-2"],
          },
          { tag: "select_person", placeholder: plain("选择人员") },
          { tag: "date_picker", placeholder: plain("日期"), initial_date: "2026-11-20" },
          { tag: "picker_time", placeholder: plain("时间"), initial_time: "09:30" },
        ]),
        { tag: "checker", text: plain("以后不再询问"), checked: true },
        {
          tag: "input",
          placeholder: plain("写一句评语，按回车发送"),
          label: plain("评语"),
          label_position: "top",
        },
        {
          tag: "select_img",
          options: [
            { img_key: images.wide, value: "wide" },
            { img_key: images.square, value: "square" },
            { img_key: images.tall, value: "tall" },
          ],
        },
      ],
      header("选择", "turquoise"),
    ),
    card(
      [
        {
          tag: "form",
          name: "feedback",
          elements: [
            { tag: "input", name: "title", required: true, placeholder: plain("标题"), label: plain("标题") },
            {
              tag: "input",
              name: "text",
              input_type: "multiline_text",
              rows: 3,
              placeholder: plain("说说哪里不好"),
              label: plain("说明"),
            },
            { tag: "select_static", name: "city", placeholder: plain("选择城市"), options },
            { tag: "multi_select_static", name: "cities", placeholder: plain("可以多选"), options },
            row([
              button("提交", { type: "primary_filled", name: "submit", form_action_type: "submit" }),
              button("重置", { name: "reset", form_action_type: "reset" }),
            ]),
          ],
        },
      ],
      header("表单", "green"),
    ),
  ],
};
