import type { CardBlock, LayoutInfo } from "@streamcard/core";
import type { FeishuCardOptions } from "@streamcard/feishu";
import type { BlockPlan } from "../scenario/block-plan.ts";
import { hostileWords } from "../scenario/hostile-words.ts";

/** Makes a lane's title: its number, by which the checks find it, and hostile words. */
export function laneTitleOf({ seed }: BlockPlan, lane: number): string {
  return `${lane}号 ${hostileWords[(seed + lane) % hostileWords.length]}`;
}

/** Translates a plan to options of the card. */
export function optionsOf({ seed, show }: BlockPlan): Partial<FeishuCardOptions> {
  const words = (place: number) => hostileWords[(seed + place) % hostileWords.length]?.slice(0, 60) ?? "";
  const title = `标题 ${words(1)}`;
  return {
    reasoning: show.reasoning,
    tools: show.tools === "mask" ? { titles: { search: words(2) }, mask } : show.tools,
    footer: show.footer,
    actions: show.actions,
    streaming: show.streaming,
    notify: show.notify && { afterMs: 0 },
    failureText: () => words(3),
    ...(show.header === "title" && { header: title }),
    ...(show.header === "status" && {
      header: { title, subtitle: words(4), tags: [{ text: "t" }], showStatus: true },
    }),
    ...(show.layout !== "none" && { layout: show.layout === "adds" ? withLine : withoutFooter }),
  };
}

/** Masks secrets, and throws for values that it does not know. */
function mask(value: unknown): unknown {
  if (value instanceof Uint8Array) throw new TypeError("Bytes have no mask.");
  return typeof value === "string" ? value.replace(/\d/g, "*") : value;
}

function withLine(blocks: readonly CardBlock[], { card }: LayoutInfo): readonly CardBlock[] {
  const line: CardBlock = { type: "element", id: `line${card}`, element: { tag: "hr" } };
  return [line, ...blocks];
}

function withoutFooter(blocks: readonly CardBlock[]): readonly CardBlock[] {
  return blocks.filter(({ type }) => type !== "footer");
}
