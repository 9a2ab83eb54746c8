import { card, header, markdown, type Part } from "../card-parts.ts";
import type { Chapter } from "../chapter.ts";

const TYPESCRIPT = `\`\`\`typescript
import { streamText } from "ai";

/** 把回答逐字写进卡片。 */
export async function answer(question: string, card: FeishuCard): Promise<void> {
  const result = streamText({ model, prompt: \`回答：\${question}\`, abortSignal: card.signal });
  for await (const part of result.fullStream) {
    if (part.type === "text-delta" && part.text !== "") card.push(part); // 不等待网络
  }
}
\`\`\``;

const MORE_CODE = `\`\`\`python
def fib(n: int) -> list[int]:
    """前 n 个斐波那契数"""
    a, b = 0, 1
    return [a := b - a for _ in range(n)] if n > 0 else []
\`\`\`

\`\`\`json
{ "city": "北京", "temperature": 26.5, "sunny": true, "alerts": null }
\`\`\`

\`\`\`bash
$ npx -y pnpm@12 run demo --once "为什么天空是蓝色的？" | tee answer.md
\`\`\`

\`\`\`diff
- const answer = await generateText(options);
+ const answer = streamText(options);
\`\`\`

\`\`\`sql
SELECT name, COUNT(*) AS runs FROM agents WHERE status = 'done' GROUP BY name ORDER BY runs DESC LIMIT 10;
\`\`\`

\`\`\`
没有语言的代码块，一行很长很长：${"0123456789".repeat(14)}
\`\`\``;

function markdownTable(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, index) => `| 第 ${index + 1} 步 | 查询 \`docs/${index + 1}.md\` | ${(index * 137) % 900} ms |`,
  );
  return ["| 步骤 | 做什么 | 用时 |", "| :-- | :-- | --: |", ...lines].join("\n");
}

const table: Part = {
  tag: "table",
  page_size: 5,
  row_height: "low",
  freeze_first_column: true,
  header_style: { background_style: "grey", bold: true, text_align: "left" },
  columns: [
    { name: "model", display_name: "模型", data_type: "text", width: "160px" },
    { name: "state", display_name: "状态", data_type: "options" },
    {
      name: "score",
      display_name: "得分",
      data_type: "number",
      horizontal_align: "right",
      format: { precision: 2 },
    },
    {
      name: "cost",
      display_name: "费用",
      data_type: "number",
      format: { symbol: "¥", precision: 2, separator: true },
    },
    { name: "day", display_name: "日期", data_type: "date" },
    { name: "note", display_name: "说明", data_type: "lark_md", width: "200px" },
  ],
  rows: Array.from({ length: 12 }, (_, index) => ({
    model: `候选模型 ${String.fromCodePoint(65 + index)}`,
    state: [index % 3 === 0 ? { text: "通过", color: "green" } : { text: "待评", color: "neutral" }],
    score: 0.61 + index / 37,
    cost: 1234.5 * (index + 1),
    day: 1_767_225_600_000 + index * 86_400_000,
    note:
      index % 2 === 0
        ? "**稳定**，见[报告](https://open.feishu.cn)"
        : "说明较长时只显示一行，其余用省略号代替",
  })),
};

export const codeAndTables: Chapter = {
  name: "代码与表格",
  cards: ({ people }) => [
    card([markdown(TYPESCRIPT)], header("代码块", "purple")),
    card([markdown(MORE_CODE)]),
    card([markdown(`Markdown 表格每页五行：\n\n${markdownTable(12)}`)], header("表格", "turquoise")),
    card([table]),
    card([
      {
        tag: "table",
        page_size: 10,
        row_height: "middle",
        columns: [
          { name: "who", display_name: "负责人", data_type: "persons" },
          { name: "task", display_name: "任务", data_type: "markdown" },
        ],
        rows: people.map((id, index) => ({
          who: [id],
          task: index === 0 ? "写 `core`\n- 事件\n- 状态" : "评审",
        })),
      },
    ]),
  ],
};
