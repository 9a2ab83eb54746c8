import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { showRun } from "./testing/busy-run.ts";
import { cardDesk } from "./testing/card-desk.ts";
import { type Major, majors } from "./testing/majors.ts";

expectNoUnhandledRejections();

describe("given options that say what is shown", () => {
  const [, , major] = majors as [Major, Major, Major];

  it("leaves out what is hidden", async () => {
    const desk = cardDesk();
    await desk.until(showRun(major, desk, { reasoning: "hide", tools: "hide", sources: false }));
    expect(desk.blocks()).toMatchObject([
      { order: ["text", "image", "text", "status"], footer: undefined, buttons: [] },
    ]);
  });

  it("names tools as the reader knows them, and shows of input and output what the mask leaves", async () => {
    const desk = cardDesk();
    const tools = {
      titles: { news: "新闻" },
      mask: (_value: unknown, { part }: { part: string }) => (part === "input" ? "***" : undefined),
    };
    await desk.until(showRun(major, desk, { tools }));
    expect(desk.blocks()).toMatchObject([
      {
        tools: [
          { line: "✓ 天气 · 0.5 秒", details: { 输入: "***" } },
          { line: "✕ 新闻 · 失败 · 0.2 秒", details: { 输入: "***" } },
        ],
      },
    ]);
    expect(JSON.stringify(desk.emulator.requests())).not.toContain("sky");
  });

  it("keeps reasoning open, and says in the footer what it is told to", async () => {
    const desk = cardDesk();
    await desk.until(
      showRun(major, desk, { reasoning: "show", footer: { model: "通义千问", tokens: true } }),
    );
    expect(desk.blocks()).toMatchObject([
      { reasoning: [{ folded: false }], footer: "通义千问 · 6 → 20 tokens" },
    ]);
  });

  it("lays the card out as the user wants it", async () => {
    const desk = cardDesk();
    const hint = { type: "element", id: "hint", element: { tag: "hr" } } as const;
    await desk.until(
      showRun(major, desk, { layout: (blocks) => [...blocks.filter(({ type }) => type !== "tool"), hint] }),
    );
    expect(desk.blocks()).toMatchObject([
      { order: ["reasoning", "text", "image", "text", "sources", "status", "u_hint"] },
    ]);
  });

  it("sends a card once where it does not stream", async () => {
    const desk = cardDesk();
    await desk.until(showRun(major, desk, { streaming: false }));
    expect(desk.seen()).toMatchObject([{ texts: ["让我查一下。", "北京是晴天。"], status: "已完成" }]);
    expect(desk.emulator.cards()[0]?.streamingPeriods).toEqual([]);
  });

  it("tells of the end of a long run", async () => {
    const desk = cardDesk();
    await desk.until(showRun(major, desk, { notify: { afterMs: 1_000 } }));
    expect(desk.emulator.messages(desk.to).map(({ text }) => text)).toEqual([
      undefined,
      "已完成：北京是晴天。",
    ]);
  });

  it.each<[object, string]>([
    [{ reasoning: "hidden" }, 'reasoning must be "fold", "show" or "hide", received "hidden"'],
    [{ tools: true }, 'tools must be "show", "hide" or an object, received true.'],
    [{ sources: "yes" }, 'sources must be true or false, received "yes"'],
    [{ footer: "model" }, 'footer must be true, false or an object, received "model"'],
    [{ actions: ["stop"] }, "actions must be true, false or an object, received a list"],
    [
      { actions: { halt: true } },
      'actions has the fields stop, feedback, regenerate, approve, received "halt"',
    ],
    [{ footer: { model: 4 } }, "footer.model must be true, false or a name, received 4."],
    [{ footer: { tokens: "in" } }, 'footer.tokens must be true or false, received "in"'],
    [{ tools: { details: 2_048 } }, "tools.details must be true or false, received 2048."],
    [{ layout: {} }, "layout must be a function, received"],
    [{ notify: "always" }, 'notify must be true, false or { afterMs }, received "always".'],
  ])("refuses what is no such option: %o", (options, message) => {
    const desk = cardDesk();
    expect(() => showRun(major, desk, options)).toThrow(message);
    expect(desk.emulator.requests()).toEqual([]);
  });
});
