import { describe, expect, it } from "vitest";
import { startFeishuEmulator } from "../feishu/start-feishu-emulator.ts";
import { cardOf, markdown } from "../feishu/testing/cards.ts";
import { inBrowser, isBrowserMissing, usePageBrowser } from "../feishu/testing/page-browser.ts";
import type { JsonObject } from "../ground/json.ts";

describe.skipIf(isBrowserMissing)(`given ${inBrowser}`, { timeout: 30_000 }, () => {
  const tab = usePageBrowser();
  const { open, send, typed } = tab;
  const composer = () => tab.page.getByRole("textbox");
  const preview = () => tab.page.locator(".chat-item[aria-current] .chat-preview");

  it("carries what a person writes to the bot, and types the bot's answer", async () => {
    // Long enough that a busy machine, whose browser paints seldom, still shows it grow.
    const answer =
      "今天是**晴天**，最高 26 度，最低 18 度，微风，湿度百分之四十，适合出门散步，也适合晒被子。";
    tab.emulator.onMessage(async ({ event }) => {
      const question = JSON.parse(event.message.content).text;
      const { cardId } = await send(typed([markdown("answer", "")]));
      await tab.api.content(cardId, "answer", `${question}？${answer}`, 1);
      await new Promise((resolve) => setTimeout(resolve, 3_500));
      await tab.api.settings(cardId, { streaming_mode: false, summary: { content: "晴，26 度" } }, 2);
    });
    await open();
    const painted = await tab.page.evaluateHandle(() => {
      const seen: number[] = [];
      const look = () => seen.push(document.querySelector(".card .markdown")?.textContent?.length ?? 0);
      new MutationObserver(look).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      });
      return seen;
    });
    await composer().fill("天气");
    await composer().press("Enter");
    const text = tab.page.locator(".card .markdown");
    await tab.page.getByText("晴，26 度").waitFor();
    const lengths = await painted.jsonValue();

    expect(await tab.page.locator(".mine .bubble").textContent()).toBe("天气");
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    expect(new Set(lengths).size).toBeGreaterThan(5);
    expect(await preview().textContent()).toBe("晴，26 度");
    expect(await text.innerHTML()).toContain(
      "天气？今天是<strong>晴天</strong>，最高 26 度，最低 18 度，微风，湿度百分之四十，适合出门散步，也适合晒被子。",
    );
    expect(await composer().inputValue()).toBe("");
    expect(tab.troubles).toEqual([]);
  });

  it("begins a new line with Shift+Enter, and sends nothing while an input method is open", async () => {
    await open();
    await composer().fill("一");
    await composer().press("Shift+Enter");
    await composer().pressSequentially("二");
    await composer().dispatchEvent("keydown", { key: "Enter", isComposing: true });
    const before = tab.emulator.messages().length;
    await composer().press("Enter");
    await tab.page.locator(".mine").waitFor();

    expect([before, tab.emulator.messages()[0]?.text]).toEqual([0, "一\n二"]);
  });

  it("shows a panel as the person left it, whatever the app does", async () => {
    const panel = (expanded: boolean): JsonObject => ({
      tag: "collapsible_panel",
      element_id: "panel",
      expanded,
      header: { title: { tag: "plain_text", content: "思考" } },
      elements: [markdown("thoughts", "想一想")],
    });
    const { cardId } = await send(typed([panel(true), markdown("answer", "")]));
    await open();
    const header = tab.page.getByRole("button", { name: "思考" });
    const states = [await header.getAttribute("aria-expanded")];

    await header.click();
    states.push(await header.getAttribute("aria-expanded"));
    const card = { ...cardOf(markdown("new", "新"), panel(true)), config: { streaming_mode: false } };
    const data = { type: "card_json", data: JSON.stringify(card) };
    await tab.api.call("PUT", `/open-apis/cardkit/v1/cards/${cardId}`, { card: data, sequence: 1 });
    await tab.page.locator(".card").getByText("新", { exact: true }).waitFor();
    states.push(await header.getAttribute("aria-expanded"));

    expect(states).toEqual(["true", "false", "false"]);
  });

  it("calls the app with a click, and waits for its answer", async () => {
    const button = {
      tag: "button",
      element_id: "stop",
      text: { tag: "plain_text", content: "停止" },
      behaviors: [{ type: "callback", value: { run: "r-1" } }],
    };
    await send(cardOf(button));
    tab.emulator.onCardAction((interaction) => {
      const value = JSON.stringify(interaction.event.event.action.value);
      const card = { type: "raw", data: cardOf(markdown("a", `已停止 ${value}`)) };
      setTimeout(() => interaction.answer({ card }), 200);
    });
    await open();
    await tab.page.getByRole("button", { name: "停止" }).click();
    const busy = await tab.page.getByRole("button", { name: "停止" }).getAttribute("aria-busy");
    await tab.page.locator(".card").getByText('已停止 {"run":"r-1"}').waitFor();

    expect(busy).toBe("true");
  });

  it("runs nothing that a model writes, and loads nothing from elsewhere", async () => {
    const hostile = [
      "<script>window.hacked = 1</script>",
      '<img src="x" onerror="window.hacked = 1">',
      "<svg onload=window.hacked=1>",
      "[click](javascript:window.hacked=1) <a href='javascript:window.hacked=1'>click</a>",
      "<font color='red;background:url(https://example.com/a)'>red</font>",
      "| <img src=x onerror=window.hacked=1> |\n| - |\n| <script>window.hacked=1</script> |",
      "```<img>\n</code><script>window.hacked=1</script>\n```",
      "<link url='javascript:window.hacked=1'>click</link> <at id='<script>'></at>",
    ].join("\n\n");
    const { cardId } = await send(
      typed([markdown("answer", ""), { tag: "div", text: { tag: "plain_text", content: hostile } }]),
    );
    const content = JSON.stringify({ text: hostile });
    const body = { receive_id: tab.emulator.chats.direct, msg_type: "text", content };
    await tab.api.call("POST", "/open-apis/im/v1/messages?receive_id_type=chat_id", body);
    await open();
    await tab.api.content(cardId, "answer", hostile, 1);
    await tab.api.settings(cardId, { streaming_mode: false }, 2);
    await tab.page.locator(".card table").waitFor();
    for (const link of await tab.page.locator(".card .link").all()) await link.click();
    const addresses = await tab.page
      .locator("a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")));

    expect(await tab.page.evaluate("window.hacked")).toBeUndefined();
    expect(await tab.page.locator(".card :is(script, img, svg:not(.icon))").count()).toBe(0);
    expect(addresses.filter((address) => !/^(?:#|https?:)/.test(address ?? ""))).toEqual([]);
    expect(tab.troubles).toEqual([]);
  });

  it("stays where the reader is, and follows the newest only at the end", async () => {
    const { cardId } = await send(typed([markdown("answer", "")]));
    const lines = (count: number) =>
      Array.from({ length: count }, (_, index) => `第 ${index} 行`).join("\n\n");
    await open();
    const scroller = tab.page.locator(".messages");
    const distance = () =>
      scroller.evaluate((list) => Math.round(list.scrollHeight - list.scrollTop - list.clientHeight));
    await tab.api.content(cardId, "answer", lines(60), 1);
    await tab.api.content(cardId, "answer", `${lines(60)}\n\n完`, 2);
    await tab.page.getByText("第 59 行").waitFor();
    await tab.page.waitForTimeout(100);
    const atEnd = await distance();
    await scroller.evaluate((list) => list.scrollTo(0, 100));
    await tab.page.getByRole("button", { name: "回到最新消息" }).waitFor();
    await tab.api.content(cardId, "answer", `${lines(80)}\n\n完`, 3);
    await tab.page.waitForTimeout(100);
    const top = await scroller.evaluate((list) => list.scrollTop);
    await tab.page.getByRole("button", { name: "回到最新消息" }).click();

    expect([atEnd, top, await distance()]).toEqual([0, 100, 0]);
  });

  it("goes to the end for what the reader writes, and not for what comes after", async () => {
    await send(cardOf(markdown("answer", "段落\n\n".repeat(60))));
    await open();
    await composer().fill("好");
    await composer().press("Enter");
    await tab.page.locator(".mine").waitFor();
    const scroller = tab.page.locator(".messages");
    await scroller.evaluate((list) => list.scrollTo(0, 50));
    await tab.page.getByRole("button", { name: "回到最新消息" }).waitFor();
    await send(cardOf(markdown("answer", "又一张")));
    await tab.page.locator(".card").getByText("又一张").waitFor();

    expect(await scroller.evaluate((list) => list.scrollTop)).toBe(50);
  });

  it("switches the theme, and remembers it", async () => {
    await open({ colorScheme: "light" });
    const background = () => tab.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await tab.page.getByRole("button", { name: "切换到深色" }).click();
    const dark = await background();
    await tab.page.reload();

    expect([light, dark, await background()]).toEqual([
      "rgb(255, 255, 255)",
      "rgb(26, 26, 26)",
      "rgb(26, 26, 26)",
    ]);
  });

  it("follows the system's theme until one is chosen", async () => {
    await open({ colorScheme: "dark" });
    const theme = () => tab.page.locator("html").getAttribute("data-theme");
    const dark = await theme();
    await tab.page.emulateMedia({ colorScheme: "light" });

    expect(dark).toBe("dark");
    await expect.poll(theme).toBe("light");
  });

  it("shows one thing at a time on a phone, and goes back", async () => {
    tab.emulator.say({ text: "大家好", chatId: tab.emulator.chats.group });
    await open({ viewport: { width: 390, height: 844 } });
    const seen = async () => [await tab.page.locator(".list-pane").isVisible(), await composer().isVisible()];
    const first = await seen();
    await tab.page.getByText("Team").click();
    await composer().waitFor();
    const inChat = await seen();
    await tab.page.getByRole("link", { name: "返回" }).click();
    await tab.page.locator(".list-pane").waitFor();

    expect([first, inChat, await seen()]).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ]);
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  it("speaks English to readers of other languages", async () => {
    await open({ locale: "en-US" });

    expect(await composer().getAttribute("placeholder")).toBe("Message Assistant");
    expect(await tab.page.locator("html").getAttribute("lang")).toBe("en");
  });

  it("replies to a message and recalls one", async () => {
    tab.emulator.say("原话");
    await open();
    await tab.page.locator(".message").hover();
    await tab.page.getByRole("button", { name: "回复" }).click();
    await composer().fill("答复");
    await composer().press("Enter");
    await tab.page.locator(".quote").waitFor();
    const quote = await tab.page.locator(".quote").textContent();
    await tab.page.locator(".message").first().hover();
    await tab.page.getByRole("button", { name: "更多" }).first().click();
    await tab.page.getByRole("menuitem", { name: "撤回" }).click();
    await tab.page.getByText("你 撤回了一条消息").waitFor();

    expect(quote).toBe("回复 Lin Xia: 原话");
    expect(tab.emulator.messages().map(({ isRecalled }) => isRecalled)).toEqual([true, false]);
  });

  it("connects again when the emulator is back, and says so meanwhile", async () => {
    await open();
    const port = Number(new URL(tab.emulator.url).port);
    await tab.emulator.close();
    const line = tab.page.locator(".chat-pane").getByText("正在重新连接");
    await line.waitFor();
    tab.emulator = await startFeishuEmulator({ port });
    tab.emulator.say("我回来了");
    await tab.page.locator(".bubble").getByText("我回来了").waitFor();

    expect(await line.count()).toBe(0);
  });

  it("opens 200 cards quickly, and the earlier ones when asked", async () => {
    for (let count = 0; count < 200; count += 1)
      await send(cardOf(markdown("answer", `# 卡片 ${count}\n\n- 内容`)));
    await open();
    const card = (name: string) => tab.page.getByRole("heading", { name, exact: true });
    await card("卡片 199").waitFor();
    const first = await tab.page.locator(".card").count();
    const start = performance.now();
    await tab.page.getByRole("button", { name: "查看更早的消息" }).click();
    await card("卡片 50").waitFor();
    await tab.page.getByRole("button", { name: "查看更早的消息" }).click();
    await card("卡片 0").waitFor();

    expect([first, await tab.page.locator(".card").count()]).toEqual([50, 200]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
