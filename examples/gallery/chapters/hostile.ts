import { button, card, div, header, markdown, panel, plain, tag } from "../card-parts.ts";
import type { Chapter } from "../chapter.ts";

const HTML = `<script>document.title = "hacked"</script>
<img src=x onerror="document.title='hacked'"><svg onload=alert(1)></svg>
<iframe src="https://example.com"></iframe> <style>* { display: none }</style>
[点我](javascript:alert(1)) <a href='data:text/html,<b>x</b>'>这里</a>
&lt;b&gt;实体&lt;/b&gt; &#60;script&#62;`;

const BIDI =
  "正常 \u202e看起来反过来\u202c 之后 \u2066孤立\u2069 \u200b零宽\u200b Z\u0335\u0321\u0322a\u0315\u031bl\u0328\u0318g\u0321\u0358o";
const WORD = "x".repeat(300);

export const hostile: Chapter = {
  name: "不可信的内容",
  cards: () => [
    card([markdown(HTML), div(HTML)], header("HTML 只是文字", "red")),
    card(
      [
        markdown(BIDI),
        div(BIDI),
        markdown(
          `\`\`\`typescript\nif (access === "user\u202e \u2066// 只有管理员\u2069 \u2066") {\n  grant();\n}\n\`\`\``,
        ),
        button(`按钮 \u202e反过来`),
      ],
      header(`双向控制符 \u202e反过来`, "orange", { text_tag_list: [tag(`标签\u202e反`, "red")] }),
    ),
    card(
      [
        markdown(`一个很长的词 ${WORD} 之后`),
        div(WORD),
        markdown(`| ${WORD} | 短 |\n| - | - |\n| ${"长".repeat(120)} | 短 |`),
        markdown(`\`${WORD}\``),
        panel(WORD, [markdown(WORD)], { expanded: true }),
        button(WORD),
      ],
      header(`${"无空格".repeat(60)}`, "grey", { subtitle: plain(WORD) }),
    ),
    card([
      markdown("没有关上的围栏\n\n```python\nprint('还在代码里')\n\n# 不是标题"),
      markdown(`${"> ".repeat(40)}四十层引用`),
      markdown(
        `${Array.from({ length: 12 }, (_, depth) => `${"    ".repeat(depth)}- 第 ${depth + 1} 层`).join("\n")}`,
      ),
      markdown("**没有关上的粗体 *和斜体 ~~和删除线 `和代码"),
      markdown("<font color='red'>没有关上的颜色 <text_tag color='blue'>和标签 <at id=all></at>"),
    ]),
  ],
};
