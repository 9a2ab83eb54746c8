import { describe, expect, it } from "vitest";
import { cardOf, markdown } from "../feishu/testing/cards.ts";
import { inBrowser, isBrowserMissing, usePageBrowser } from "../feishu/testing/page-browser.ts";

describe.skipIf(isBrowserMissing)(
  `given a chat of several people, and ${inBrowser}`,
  { timeout: 30_000 },
  () => {
    const tab = usePageBrowser();
    const { open, send } = tab;
    const group = () => `/#${tab.emulator.chats.group}`;

    it("lets another person of the chat write and click", async () => {
      const [first, second] = tab.emulator.people;
      const stop = {
        tag: "button",
        text: { tag: "plain_text", content: "停止" },
        behaviors: [{ type: "callback" }],
      };
      await send(cardOf(stop), tab.emulator.chats.group);
      const operators: string[] = [];
      tab.emulator.onCardAction((interaction) => {
        operators.push(interaction.event.event.operator.open_id);
        interaction.answer();
      });
      await open({}, group());
      await tab.page.getByRole("button", { name: "停止" }).click();
      await tab.page.getByRole("button", { name: `以谁的身份 ${first?.name}` }).click();
      await tab.page.getByRole("menuitemcheckbox", { name: second?.name ?? "" }).click();
      await tab.page.getByRole("button", { name: `以谁的身份 ${second?.name}` }).waitFor();
      await tab.page.getByRole("button", { name: "停止" }).click();
      await tab.page.getByRole("textbox").fill("我来");
      await tab.page.getByRole("textbox").press("Enter");
      await tab.page.locator(".mine .bubble").getByText("我来").waitFor();

      expect(operators).toEqual([first?.openId, second?.openId]);
      expect(tab.emulator.messages().at(-1)?.sender.id).toBe(second?.openId);
    });

    it.each([
      { width: 1280, height: 720 },
      { width: 360, height: 640 },
    ])("scrolls its list of many chats and nothing else, $width pixels wide", async (viewport) => {
      const last = Array.from({ length: 20 }, (_, index) => {
        const chatId = tab.emulator.addChat({ name: `第 ${index + 1} 个群` });
        tab.emulator.say({ text: "在吗？", chatId });
        return chatId;
      })[0];
      await open({ viewport });
      await tab.page.locator(`.chat-item[href="#${last}"]`).click();
      await tab.page.getByRole("heading", { name: "第 1 个群" }).waitFor();
      await tab.page.getByText("在吗？").last().waitFor();

      const heading = await tab.page.getByRole("heading", { name: "第 1 个群" }).boundingBox();
      const box = await tab.page.getByRole("textbox").boundingBox();
      expect(heading?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
    });

    it("draws the replies of a thread below the message that it began with", async () => {
      const { messageId } = tab.emulator.say({ text: "问题", chatId: tab.emulator.chats.group });
      tab.emulator.say({ text: "别的", chatId: tab.emulator.chats.group });
      const reply = (text: string, inThread: boolean) =>
        tab.api.call("POST", `/open-apis/im/v1/messages/${messageId}/reply`, {
          msg_type: "text",
          content: JSON.stringify({ text }),
          reply_in_thread: inThread,
        });
      await reply("话题里的回复", true);
      await reply("引用的回复", false);
      await open({}, group());
      await tab.page.locator(".bubble").getByText("引用的回复").waitFor();

      expect(await tab.page.locator(".message .bubble").allTextContents()).toEqual([
        "@Assistant 问题",
        "话题里的回复",
        "@Assistant 别的",
        "引用的回复",
      ]);
      expect(
        await tab.page.getByRole("region", { name: "话题" }).locator(".bubble").allTextContents(),
      ).toEqual(["话题里的回复"]);
      await tab.page.getByRole("button", { name: "回复 Lin Xia: @Assistant 问题" }).click();
      expect(await tab.page.evaluate(() => document.activeElement?.id)).toBe(messageId);
    });

    it("recalls a card of the bot's from its menu", async () => {
      const { messageId } = await send(cardOf(markdown("answer", "答案")));
      await open();
      await tab.page.locator(".message").hover();
      await tab.page.getByRole("button", { name: "更多" }).click();
      await tab.page.getByRole("menuitem", { name: "撤回" }).click();
      await tab.page.locator(".notice").getByText("Assistant 撤回了一条消息").waitFor();

      expect(tab.emulator.messages().find((message) => message.messageId === messageId)?.isRecalled).toBe(
        true,
      );
    });
  },
);

describe.skipIf(isBrowserMissing)(`given the inspector, and ${inBrowser}`, { timeout: 30_000 }, () => {
  const tab = usePageBrowser();
  const { open, send, typed } = tab;
  const inspector = () => tab.page.getByRole("complementary", { name: "检查器" });
  const toggle = () => tab.page.getByRole("button", { name: "检查器" });
  const meters = () =>
    inspector()
      .getByRole("meter")
      .evaluateAll((all) => all.map((meter) => meter.ariaValueText));

  it("shows the newest card's source, operations and limits as they change", async () => {
    const { cardId } = await send(typed([markdown("answer", "")]));
    await open({ permissions: ["clipboard-read", "clipboard-write"] });
    await toggle().click();
    await inspector().getByText('"content": ""').waitFor();
    await tab.api.content(cardId, "answer", "你好", 1);
    await tab.api.content(cardId, "answer", "旧的序号", 1);
    await inspector().getByText('"content": "你好"').waitFor();
    await inspector().getByRole("button", { name: "复制代码" }).click();
    await inspector().getByRole("tab", { name: "卡片 JSON" }).press("ArrowRight");
    await inspector().getByRole("tab", { name: "操作 4", selected: true }).waitFor();
    const rows = inspector().locator("tbody tr");
    const cells = async (index: number) => (await rows.nth(index).locator("td").allTextContents()).slice(1);
    const { bytes, elementCount, json } = tab.emulator.card(cardId);

    expect(JSON.parse(await tab.page.evaluate(() => navigator.clipboard.readText()))).toEqual(json);
    expect([await cells(0), await cells(1)]).toMatchObject([
      ["create", "", expect.any(String), "0"],
      ["send", "", expect.any(String), "0"],
    ]);
    expect([await cells(2), await cells(3)]).toEqual([
      ["contentanswer", "1", "33 B", "0"],
      ["contentanswer", "1", "39 B", "300317"],
    ]);
    expect((await meters()).slice(0, 2)).toEqual([`${bytes} B / 30.0 KB`, `${elementCount} / 200`]);
    expect((await meters())[2]).toMatch(/ \/ 10 · 峰值 2$/);
    expect(tab.troubles).toEqual([]);
  });

  it("is open again after a reload, and closed after it was closed", async () => {
    await send(cardOf(markdown("answer", "一")));
    await open();
    await toggle().click();
    await tab.page.reload();
    await inspector().waitFor();
    await inspector().getByRole("button", { name: "关闭" }).click();
    await tab.page.reload();
    await tab.page.locator(".card").waitFor();

    expect(await inspector().count()).toBe(0);
  });

  it("looks into the card that was chosen", async () => {
    await send(cardOf(markdown("answer", "第一张")));
    await send(cardOf(markdown("answer", "第二张")));
    await open();
    await tab.page.locator(".message").first().hover();
    await tab.page.getByRole("button", { name: "更多" }).first().click();
    await tab.page.getByRole("menuitem", { name: "检查卡片" }).click();
    await inspector().getByText('"content": "第一张"').waitFor();

    expect(await tab.page.locator(".message.inspected").textContent()).toContain("第一张");
  });

  it("is a drawer on a phone, which Escape closes, and a tap beside it", async () => {
    await send(cardOf(markdown("answer", "一")));
    await open({ viewport: { width: 360, height: 740 } }, `/#${tab.emulator.chats.direct}`);
    await toggle().click();
    await inspector().getByText('"content": "一"').waitFor();
    const width = await tab.page.evaluate(() => document.documentElement.scrollWidth);
    await tab.page.keyboard.press("Escape");
    await inspector().waitFor({ state: "detached" });
    const focused = await toggle().evaluate((button) => button === document.activeElement);
    await toggle().click();
    await tab.page.mouse.click(180, 60);
    await inspector().waitFor({ state: "detached" });

    expect([width, focused]).toEqual([360, true]);
  });
});
