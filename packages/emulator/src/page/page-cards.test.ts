import { describe, expect, it } from "vitest";
import type { CardActionEvent } from "../feishu/people/click-event.ts";
import { cardOf, markdown } from "../feishu/testing/cards.ts";
import { inBrowser, isBrowserMissing, usePageBrowser } from "../feishu/testing/page-browser.ts";
import type { JsonObject } from "../ground/json.ts";

const plain = (content: string): JsonObject => ({ tag: "plain_text", content });
const options = ["北京", "上海", "深圳"].map((name) => ({ text: plain(name), value: `v-${name}` }));

describe.skipIf(isBrowserMissing)(
  `given cards with everything in them, and ${inBrowser}`,
  {
    timeout: 30_000,
  },
  () => {
    const tab = usePageBrowser();
    const { open, send, typed } = tab;
    const button = (name: string | RegExp) => tab.page.getByRole("button", { name });
    /** Clicks that the app received. It answers each with a toast. */
    const listen = (response: JsonObject = {}): CardActionEvent["event"]["action"][] => {
      const actions: CardActionEvent["event"]["action"][] = [];
      tab.emulator.onCardAction((interaction) => {
        actions.push(interaction.event.event.action);
        interaction.answer(response);
      });
      return actions;
    };

    it("colours code as it is typed, and copies what was written", async () => {
      const code = 'const 名 = "值";\nif (a \u202e) return;';
      const { cardId } = await send(typed([markdown("answer", "")]));
      await open({ permissions: ["clipboard-read", "clipboard-write"] });
      await tab.api.content(cardId, "answer", `\`\`\`ts\n${code}`, 1);
      await tab.page.locator(".code-block .code-kwd").nth(1).waitFor();
      await tab.api.settings(cardId, { streaming_mode: false }, 2);
      await tab.page.locator(".caret").waitFor({ state: "detached" });
      const block = tab.page.locator(".code-block");
      await button("复制代码").click();
      await block.getByText("已复制").waitFor();

      expect(await block.locator("pre").textContent()).toBe(code);
      expect(await block.locator(".code-kwd").allTextContents()).toEqual(["const", "if", "return"]);
      expect(await block.locator(".code-control").getAttribute("data-code")).toBe("U+202E");
      expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toBe(code);
    });

    it("sends what is chosen in a menu and in lists outside of a form", async () => {
      await send(
        cardOf(
          { tag: "overflow", element_id: "more", options },
          { tag: "select_static", element_id: "one", placeholder: plain("城市"), options },
          { tag: "multi_select_static", element_id: "some", placeholder: plain("几个城市"), options },
          { tag: "checker", element_id: "tick", text: plain("记住") },
          { tag: "date_picker", element_id: "day", placeholder: plain("日期") },
        ),
      );
      const actions = listen();
      await open({ timezoneId: "Asia/Shanghai" });
      await tab.page.locator(".overflow-button").click();
      await tab.page.getByRole("menuitem", { name: "上海" }).click();
      await tab.page.getByLabel("城市", { exact: true }).selectOption("深圳");
      await button("几个城市").click();
      await tab.page.getByRole("menuitemcheckbox", { name: "北京" }).click();
      await tab.page.getByRole("menuitemcheckbox", { name: "深圳" }).click();
      await tab.page.keyboard.press("Escape");
      await tab.page.getByLabel("记住").check();
      await tab.page.getByLabel("日期").fill("2026-11-20");
      await expect.poll(() => actions.length).toBe(5);

      expect(actions).toMatchObject([
        { tag: "overflow", option: "v-上海" },
        { tag: "select_static", option: "v-深圳" },
        { tag: "multi_select_static", options: ["v-北京", "v-深圳"] },
        { tag: "checker", checked: true },
        { tag: "date_picker", option: "2026-11-20 +0800" },
      ]);
    });

    it("sends a form as a whole, once what is required is there", async () => {
      const form = {
        tag: "form",
        name: "form",
        elements: [
          { tag: "input", name: "title", required: true, placeholder: plain("标题") },
          { tag: "select_static", name: "city", placeholder: plain("城市"), options },
          { tag: "multi_select_static", name: "cities", placeholder: plain("几个城市"), options },
          { tag: "picker_time", name: "at", placeholder: plain("时间") },
          { tag: "button", name: "send", text: plain("提交"), form_action_type: "submit", behaviors: [] },
        ],
      };
      await send(cardOf(form));
      const actions = listen();
      await open({ timezoneId: "Asia/Shanghai" });
      await button("提交").click();
      await tab.page.getByPlaceholder("标题").fill("好");
      await tab.page.getByLabel("城市", { exact: true }).selectOption("上海");
      await button("几个城市").click();
      await tab.page.getByRole("menuitemcheckbox", { name: "深圳" }).click();
      await tab.page.keyboard.press("Escape");
      await tab.page.getByLabel("时间").fill("09:30");
      await button("提交").click();
      await expect.poll(() => actions.length).toBe(1);

      expect(actions[0]?.form_value).toEqual({
        title: "好",
        city: "v-上海",
        cities: ["v-深圳"],
        at: "09:30 +0800",
      });
    });

    it("shows the toast that the app answers with, in the reader's language", async () => {
      await send(
        cardOf({ tag: "button", text: plain("停止"), behaviors: [{ type: "callback", value: {} }] }),
      );
      listen({ toast: { type: "success", content: "Stopped", i18n: { zh_cn: "已停止", en_us: "Stopped" } } });
      await open();
      await button("停止").click();
      const toast = tab.page.locator(".toast.success");
      await toast.waitFor();

      expect(await toast.textContent()).toBe("已停止");
      expect(await tab.page.getByRole("status").textContent()).toBe("已停止");
    });

    it("says so when the app's answer cannot be used", async () => {
      await send(
        cardOf({ tag: "button", text: plain("停止"), behaviors: [{ type: "callback", value: {} }] }),
      );
      listen({ card: { type: "raw", data: 1 } });
      await open();
      await button("停止").click();

      await tab.page.locator(".toast.error").getByText("操作失败 (200673)").waitFor();
    });

    it("clicks nothing that is disabled, and asks first where the card says so", async () => {
      const behaviors = [{ type: "callback", value: { ok: 1 } }];
      await send(
        cardOf(
          { tag: "button", text: plain("停用"), disabled: true, disabled_tips: plain("现在不行"), behaviors },
          {
            tag: "button",
            text: plain("删除"),
            behaviors,
            confirm: { title: plain("确定？"), text: plain("无法恢复") },
          },
        ),
      );
      const actions = listen();
      await open();
      const isDisabled = await button("停用").isDisabled();
      await button("删除").click();
      await tab.page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
      const afterCancel = actions.length;
      await button("删除").click();
      await tab.page.getByRole("dialog").getByRole("button", { name: "确定" }).click();
      await expect.poll(() => actions.length).toBe(1);

      expect([isDisabled, afterCancel, await button("停用").getAttribute("title")]).toEqual([
        true,
        0,
        "现在不行",
      ]);
    });

    it("turns the pages of tables, five or ten rows at a time", async () => {
      const rows = Array.from({ length: 12 }, (_, index) => index + 1);
      const table = rows.map((row) => `| 行 ${row} |`).join("\n");
      await send(
        cardOf(markdown("answer", `| 标题 |\n| - |\n${table}`), {
          tag: "table",
          page_size: 10,
          columns: [{ name: "a", display_name: "列", data_type: "text" }],
          rows: rows.map((row) => ({ a: `格 ${row}` })),
        }),
      );
      await open();
      const cells = (table: number) => tab.page.locator("table").nth(table).locator("td").allTextContents();
      const first = [(await cells(0)).length, (await cells(1)).length];
      await button("下一页").first().click();
      await button("下一页").first().click();
      await button("下一页").nth(1).click();

      expect(first).toEqual([5, 10]);
      expect([await cells(0), await cells(1)]).toEqual([
        ["行 11", "行 12"],
        ["格 11", "格 12"],
      ]);
      expect(await button("下一页").first().isDisabled()).toBe(true);
    });

    it("shows a picture as large as the window, until the reader leaves it", async () => {
      await send(cardOf({ tag: "img", img_key: tab.emulator.addImage(), alt: plain("日落") }));
      await open();
      await button("查看大图: 日落").click();
      const large = tab.page.getByRole("dialog", { name: "查看大图" });
      await large.waitFor();
      await tab.page.keyboard.press("Escape");
      await large.waitFor({ state: "detached" });

      expect(tab.troubles).toEqual([]);
    });

    it.each([
      [{}, { padding: "0px", alignItems: "center", background: "rgba(0, 0, 0, 0)" }],
      [
        { padding: "8px 12px 8px 12px", vertical_align: "top", background_color: "bg-white" },
        { padding: "8px 12px", alignItems: "flex-start", background: "rgb(255, 255, 255)" },
      ],
    ])("gives a panel's header the look that it asks for: %j", async (look, expected) => {
      await send(
        cardOf({
          tag: "collapsible_panel",
          header: { title: plain("思考"), ...look },
          elements: [markdown("a", "想")],
        }),
      );
      await open({ colorScheme: "light" });
      const drawn = await button("思考").evaluate((header) => {
        const { padding, alignItems, backgroundColor: background } = getComputedStyle(header);
        return { padding, alignItems, background };
      });
      expect(drawn).toEqual(expected);
    });

    it.each([
      [1280, "beside"],
      [360, "below"],
    ])("stands the columns of a stretched set, on %d pixels, %s each other", async (width, place) => {
      const column = (id: string) => ({
        tag: "column",
        width: "weighted",
        weight: 1,
        elements: [markdown(id, `第 ${id} 栏`)],
      });
      await send(cardOf({ tag: "column_set", flex_mode: "stretch", columns: [column("a"), column("b")] }));
      await open({ viewport: { width, height: 800 } }, `/#${tab.emulator.chats.direct}`);
      const [first, second] = await Promise.all(
        ["a", "b"].map((id) =>
          tab.page
            .locator(".column")
            .filter({ hasText: `第 ${id} 栏` })
            .boundingBox(),
        ),
      );
      expect(second?.y === first?.y ? "beside" : "below").toBe(place);
    });

    it("folds and chooses by keyboard alone", async () => {
      await send(
        cardOf(
          { tag: "collapsible_panel", header: { title: plain("思考") }, elements: [markdown("a", "想")] },
          { tag: "overflow", options },
        ),
      );
      const actions = listen();
      await open();
      await button("思考").focus();
      await tab.page.keyboard.press("Enter");
      const panel = await button("思考").getAttribute("aria-expanded");
      await tab.page.keyboard.press("Tab");
      await tab.page.keyboard.press("Enter");
      await tab.page.getByRole("menuitem", { name: "北京" }).waitFor();
      for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "End", "Enter"])
        await tab.page.keyboard.press(key);
      await expect.poll(() => actions.length).toBe(1);

      expect(panel).toBe("true");
      expect(actions).toMatchObject([{ option: "v-深圳" }]);
      expect(await tab.page.evaluate(() => document.activeElement?.className)).toContain("overflow-button");
    });

    it("keeps words, tables and code of any length inside a card of a phone's width", async () => {
      const word = "长".repeat(200) + "x".repeat(400);
      await send({
        schema: "2.0",
        header: { title: plain(word), subtitle: plain(word) },
        body: {
          elements: [
            markdown(
              "a",
              `${word}\n\n| ${word} |\n| - |\n| ${word} |\n\n\`\`\`\n${word}\n\`\`\`\n\n\`${word}\``,
            ),
            markdown(
              "b",
              `${"> ".repeat(60)}引用\n\n${Array.from({ length: 20 }, (_, depth) => `${"    ".repeat(depth)}- 项`).join("\n")}`,
            ),
            { tag: "button", text: plain(word), behaviors: [] },
            {
              tag: "collapsible_panel",
              expanded: true,
              header: { title: plain(word) },
              elements: [markdown("c", word)],
            },
          ],
        },
      });
      await open({ viewport: { width: 360, height: 740 } }, `/#${tab.emulator.chats.direct}`);
      const card = tab.page.locator(".card");
      await card.waitFor();
      const edges = await card.evaluate((article) => {
        const { right } = article.getBoundingClientRect();
        const texts = Array.from(article.querySelectorAll(".paragraph, .button, .panel-title"));
        return [right, ...texts.map((text) => text.getBoundingClientRect().right)];
      });

      expect(Math.max(...edges)).toBeLessThanOrEqual(360);
      expect(Math.max(...edges)).toBe(edges[0]);
      expect(await tab.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    });

    it("lets a mark that turns text around turn no more than its own text", async () => {
      const turned = "\u202e反了";
      await send({
        schema: "2.0",
        header: {
          title: plain(turned),
          text_tag_list: [{ tag: "text_tag", text: plain(turned), color: "red" }],
        },
        body: { elements: [markdown("a", turned), { tag: "button", text: plain(turned), behaviors: [] }] },
      });
      await open();
      const holders = tab.page.locator(".card :is(.card-title, .tag-pill, .paragraph, .button-text)");
      const isolation = await holders.evaluateAll((all) =>
        all.map((holder) => [holder.textContent, getComputedStyle(holder).unicodeBidi]),
      );

      expect(isolation).toEqual(Array.from({ length: 4 }, () => [turned, "isolate"]));
    });

    it("moves nothing for those who asked for that", async () => {
      const { cardId } = await send(typed([markdown("answer", "")]));
      await open({ reducedMotion: "reduce" });
      await tab.api.content(cardId, "answer", "慢慢".repeat(100), 1);
      const animation = () =>
        tab.page.evaluate(() => {
          const caret = document.querySelector(".caret");
          return caret && getComputedStyle(caret).animationName;
        });

      await expect.poll(animation).toBe("none");
    });
  },
);
