import type { StoryChapter } from "../story.ts";

const query = { query: "上海 天气", days: 3 };
const weather = { city: "上海", high: 26, low: 18, sky: "多云转晴" };
const titles = { search_weather: "查询天气", send_mail: "发送邮件", run_sql: "查询数据库" };

/** Tool calls in every state. */
export const toolsChapter: StoryChapter = {
  name: "工具调用",
  stories: () => [
    {
      options: { tools: { titles } },
      tell: (card) =>
        card
          .calls("search_weather", { input: query, output: weather })
          .calls("run_sql", { input: "SELECT 1 / 0", output: new Error("division by zero"), way: "failed" })
          .calls("send_mail", { input: { to: "全体成员" }, way: "denied", tookMs: 9_400 })
          .calls("search_weather", { input: query, way: "running" })
          .calls("run_sql", { way: "preparing" }),
    },
    {
      options: { tools: { titles, details: false } },
      tell: (card) =>
        card
          .calls("search_weather", { input: query, output: weather })
          .calls("run_sql", { input: "SELECT 1 / 0", output: new Error("division by zero"), way: "failed" })
          .push("查询失败了，先用昨天的数据回答：周末多云转晴，最高 26 °C。")
          .ends(),
    },
    {
      options: { tools: { titles }, actions: { approve: true } },
      tell: (card) =>
        card
          .calls("search_weather", { input: query, output: weather })
          .push("周末天气不错，我来通知大家，请确认。")
          .calls("send_mail", {
            input: {
              to: ["lin@example.com", "chen@example.com"],
              subject: "周六去滨江骑行",
              body: "早上九点，北门见。",
            },
            way: "waiting",
          })
          .ends("tool-calls"),
    },
    {
      options: { tools: { titles, mask: () => "（已隐藏）" } },
      tell: (card) =>
        card
          .calls("run_sql", { input: "SELECT * FROM users", output: "secret" })
          .push("共有 1,284 位用户。")
          .ends(),
    },
    {
      options: { tools: { titles } },
      tell: (card) => {
        for (let page = 1; page <= 60; page += 1) {
          card.calls("run_sql", {
            input: `SELECT * FROM runs LIMIT 100 OFFSET ${page}00`,
            output: { rows: 100 },
          });
        }
        card.push("六十页数据都读完了，共 6,000 行，没有重复。").ends();
      },
    },
    {
      tell: (card) =>
        card
          .calls(
            "一个名字特别特别长的工具，长到一行怎么也放不下，所以后面的部分会被截断并且加上省略号，读者仍然认得出它",
            {
              input: "<at id=all></at> **粗体** ```\n围栏",
              output: "x".repeat(3_000),
            },
          )
          .push("工具里的内容只是文字。")
          .ends(),
    },
  ],
};
