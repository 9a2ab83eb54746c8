import { createFeishu } from "@streamcard/feishu";

// A bot in the middle of three answers, to which `signals.test.ts` sends a signal.
// Arguments: the platform's address, app id, app secret, chat, and "own-listener" for a listener of its own.
const [domain = "", appId = "", appSecret = "", to = "", listens] = process.argv.slice(2);
const feishu = createFeishu({ domain, appId, appSecret });
if (listens === "own-listener") process.on("SIGTERM", () => console.log("own listener"));
const cards = ["一", "二", "三"].map((text) => {
  const card = feishu.card({ to });
  card.push(`第${text}张卡片还没有写完`);
  return card;
});
await Promise.all(cards.map(({ opened }) => opened));
console.log("open");
const results = await Promise.all(cards.map(({ result }) => result));
console.log(JSON.stringify(results.map(({ status, reason, delivery }) => ({ status, reason, delivery }))));
// Work that the application does after its cards have settled.
setTimeout(() => console.log("went on"), 500);
