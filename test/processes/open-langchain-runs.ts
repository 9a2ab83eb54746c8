import { RunnableLambda } from "@langchain/core/runnables";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { createFeishu, FeishuCardHandler } from "@streamcard/langchain";

// A bot in the middle of two LangChain runs, to which `langchain-signals.test.ts` sends a signal.
// Arguments: the platform's address, app id, app secret and chat.
const [domain = "", appId = "", appSecret = "", to = ""] = process.argv.slice(2);
const feishu = createFeishu({ domain, appId, appSecret });
const opened: Promise<unknown>[] = [];
const handler = new FeishuCardHandler({ feishu, to, onCard: (card) => void opened.push(card.opened) });
const ask = RunnableLambda.from(async (name: string, config) => {
  await new FakeListChatModel({ responses: [`${name}还没有写完`] }).invoke("?", config);
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
for (const name of ["甲", "乙"]) void ask.invoke(name, { callbacks: [handler] });
while (opened.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
await Promise.all(opened);
console.log("open");
