import { card, div, header, icon, markdown, notation } from "../card-parts.ts";
import type { Chapter } from "../chapter.ts";

const PROSE = `# 一级标题 Heading 1
## 二级标题
### 三级标题
#### 四级标题

正文里有**粗体**、*斜体*、~~删除线~~、\`行内代码\` 和[链接](https://open.feishu.cn)，也有 **bold**、*italic* 混排。

- 第一项
- 第二项
    - 嵌套一层
        - 再嵌套一层
- 第三项

1. 先查资料
2. 再写答案
    1. 列提纲
    2. 补细节

> 引用：阳光穿过大气层时会不断碰到气体分子。
> 第二行仍在引用里。

---

分割线之后的一段。`;

const TAGS = `<font color='red'>红色</font> <font color='green'>绿色</font> <font color='blue'>蓝色</font> <font color='orange-600'>橙色 600</font> <font color='grey'>灰色</font>

<text_tag color='blue'>进行中</text_tag> <text_tag color='green'>已完成</text_tag> <text_tag color='red'>失败</text_tag> <text_tag color='orange'>等待确认</text_tag> <text_tag color='neutral'>草稿</text_tag> <text_tag color='purple'>v2</text_tag>

未读 <number_tag background_color='red' font_color='white'>8</number_tag>，时间 <local_datetime millisecond='1767225600000' format_type='date'></local_datetime> <local_datetime millisecond='1767225600000' format_type='time'></local_datetime>

<link icon='chat_outlined' url='https://open.feishu.cn'>带图标的链接</link>　表情 :DONE: :THUMBSUP: 😀 👩‍👩‍👧‍👦`;

const SIZES = [
  "heading-0",
  "heading-1",
  "heading-2",
  "heading-3",
  "heading-4",
  "normal",
  "notation",
  "x-small",
];

export const text: Chapter = {
  name: "文本与 Markdown",
  cards: ({ people }) => [
    card([markdown(PROSE)], header("Markdown", "blue")),
    card([
      markdown(
        `${TAGS}\n\n<at id=${people[0]}></at> 请看；<person id='${people[1]}' show_name=true show_avatar=true style='capsule'></person>`,
      ),
    ]),
    card(
      SIZES.map((size) => div(`${size} 字号 Text size`, { text_size: size })),
      header("字号", "wathet"),
    ),
    card([
      div("带图标的文本", {}, { icon: icon("search_outlined", "blue") }),
      div("居中的文本", { text_align: "center" }),
      div("靠右的灰色文本", { text_align: "right", text_color: "grey" }),
      div(`只显示两行：${"很长的一段话，放不下的部分用省略号代替。".repeat(8)}`, { lines: 2 }),
      { tag: "hr" },
      notation("deepseek-chat · 输入 1,204 · 输出 356 tokens · 首字 0.4 s · 共 6.2 s", {
        icon: icon("info_outlined"),
      }),
    ]),
  ],
};
