import { describe, expect, it } from "vitest";
import type { FeishuCardOptions } from "./feishu-card-options.ts";
import { feishuInVirtualTime } from "./testing/feishu-in-virtual-time.ts";

type Layout = NonNullable<FeishuCardOptions["layout"]>;

const rule = (id: string, element_id?: string) =>
  ({ type: "element", id, element: { tag: "hr", ...(element_id !== undefined && { element_id }) } }) as const;

async function show(layout: Layout) {
  const app = feishuInVirtualTime();
  const card = app.feishu.card({ to: app.to, layout });
  for (const word of ["一", "二", "三"]) {
    card.push({ type: "text-start", id: word });
    card.push({ type: "text-delta", id: word, text: `第${word}段。` });
    card.push({ type: "text-end", id: word });
    await app.clock.advance(1_500);
    card.push({ type: "start-step" });
    await app.clock.advance(1_500);
  }
  const result = await app.clock.until(card.finish());
  return { ...app, result };
}

describe("given a layout with components of the user's own", () => {
  it.each<[string, Layout]>([
    ["below all others", (blocks) => [...blocks, rule("line")]],
    ["with an id of its own", (blocks) => [...blocks, rule("line", "my_line")]],
    [
      "which goes away",
      (blocks) =>
        blocks.filter(({ type }) => type === "text").length === 2 ? [rule("line"), ...blocks] : blocks,
    ],
    ["with an id of ours", (blocks) => [...blocks, rule("line", "answer"), rule("line2", "sc_status")]],
  ])("changes the card around one %s without a refusal", async (_name, layout) => {
    const { result, warnings, texts } = await show(layout);
    expect(warnings).toEqual([]);
    expect(result).toMatchObject({ delivery: "card", finalizedBy: "changes" });
    expect(texts()).toEqual([["第一段。", "第二段。", "第三段。"]]);
  });
});
