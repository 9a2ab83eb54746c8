import { describe, expect, it } from "vitest";
import type { DriverProfile } from "../contract/card-driver.ts";
import type { RunPart, TextPart, ToolCall } from "../run/run-part.ts";
import { TextLog } from "../run/text-log.ts";
import { RecordingDriver } from "../testing/recording-driver.ts";
import type { LaneView } from "../view/lane-view.ts";
import { SlotPager } from "./slot-pager.ts";

const { profile } = new RecordingDriver({ structure: "slots" });

function textPart(text: string, more: Partial<TextPart> = {}): TextPart {
  const log = new TextLog();
  log.append(text);
  return { type: "text", id: "1", order: 0, log, willEnd: false, startedAt: 0, isEnded: false, ...more };
}

function pagerFor(own: Partial<DriverProfile> = {}): SlotPager {
  return new SlotPager({
    profile: { ...profile, ...own },
    foot: { bytes: 0, elements: 0 },
    view: {
      drawTool: ({ toolName, status }, { id }) => ({ type: "tool", id, title: toolName, status }),
      drawReasoning: ({ isEnded }, id) => ({
        type: "reasoning",
        id,
        isThinking: !isEnded,
        isFolded: isEnded,
      }),
    },
    images: { keyOf: () => undefined, isLost: () => false, targetOf: () => undefined },
  });
}

const call = (toolCallId: string, status: ToolCall["status"]): ToolCall => ({
  type: "tool",
  toolCallId,
  toolName: `tool ${toolCallId}`,
  status,
  startedAt: 0,
});

function lane(parts: RunPart[], calls: ToolCall[] = []): LaneView[] {
  const tool: LaneView["tool"] = ({ toolCallId }) => calls.find((one) => one.toolCallId === toolCallId);
  return [{ key: "", parts, tool }];
}

const toolPart = (toolCallId: string) => ({ type: "tool", toolCallId, order: 1 }) as const;

describe("given a card with one text", () => {
  it("puts the texts of a run into it in the order in which they began, each frame closed", () => {
    const pager = pagerFor();
    const [first, second] = [textPart("```\ncode"), textPart("second", { order: 1 })];
    pager.update(lane([first, second]));
    expect(pager.blocks(0, false)).toEqual([
      { type: "text", id: "text-1", text: "```\ncode", isOpen: true, close: "\n```" },
    ]);
    first.isEnded = true;
    pager.update(lane([first, second]));
    expect(pager.blocks(0, false)).toEqual([
      { type: "text", id: "text-1", text: "```\ncode\n```\n\nsecond", isOpen: true },
    ]);
  });

  it("leaves out text that is blank so far", () => {
    const pager = pagerFor();
    pager.update(lane([textPart("\n\n")]));
    expect(pager.blocks(0, false)).toEqual([]);
    expect(pager.blocks(0, true)).toMatchObject([{ text: "\n\n" }]);
  });

  it("never cuts the text but at the end of a card, and loses nothing of it there", () => {
    const pager = pagerFor({ maxBytes: 1_000, baseBytes: 100 });
    const answer = `${"天空是蓝色的。".repeat(8)}\n\n`.repeat(20);
    pager.update(lane([textPart(answer, { isEnded: true })]));
    expect(pager.pageCount).toBeGreaterThan(2);
    const pages = Array.from({ length: pager.pageCount }, (_, page) => pager.blocks(page, true));
    expect(pages.map((blocks) => blocks.length)).toEqual(pages.map(() => 1));
    expect(
      pages.flatMap((blocks) => blocks.map((block) => block.type === "text" && block.text)).join(""),
    ).toBe(answer);
    expect(pager.textAfter(0, new Map())).not.toBe("");
    pager.forget(0);
    expect(pager.textAfter(0, new Map())).toBe("");
  });
});

describe("given a card with named values", () => {
  const values = ["reasoning", "tools", "sources"] as const;

  it("shows none that it has not", () => {
    const pager = pagerFor();
    pager.placeSources({ type: "sources", id: "sources", sources: [{ title: "a" }], more: 0 });
    const thought = textPart("嗯", { type: "reasoning" });
    pager.update(lane([thought, toolPart("1"), textPart("答", { order: 2 })], [call("1", "done")]));
    expect(pager.blocks(0, true).map(({ type }) => type)).toEqual(["text"]);
  });

  it("shows thoughts in one panel, tool calls by their last state, and sources", () => {
    const pager = pagerFor({ values });
    const thoughts = [
      textPart("嗯", { type: "reasoning", isEnded: true }),
      textPart("再想想", { type: "reasoning", order: 2 }),
    ];
    const parts = [...thoughts, toolPart("1"), toolPart("2"), textPart("答", { order: 5 })];
    pager.update(lane(parts, [call("1", "done"), call("2", "running")]));
    pager.placeSources({ type: "sources", id: "sources", sources: [{ title: "a" }], more: 0 });
    expect(pager.blocks(0, true)).toEqual([
      { type: "text", id: "text-1", text: "答", isOpen: true },
      { type: "reasoning", id: "reasoning-1", isThinking: true, isFolded: false },
      { type: "text", id: "thought-1", text: "嗯\n\n再想想", isReasoning: true, within: "reasoning-1" },
      { type: "tool", id: "tool-1", title: "tool 1", status: "done" },
      { type: "tool", id: "tool-2", title: "tool 2", status: "running" },
      { type: "sources", id: "sources", sources: [{ title: "a" }], more: 0 },
    ]);
  });

  it("counts the calls for which there is no room", () => {
    const pager = pagerFor({ values, maxTools: 2 });
    const ids = ["1", "2", "3", "4"];
    pager.update(
      lane(
        ids.map(toolPart),
        ids.map((id) => call(id, "done")),
      ),
    );
    expect(pager.blocks(0, true)).toMatchObject([
      { type: "tool-count", count: 2 },
      { id: "tool-3" },
      { id: "tool-4" },
    ]);
  });

  it("leaves what is over on the card where it was, and takes the rest along", () => {
    const pager = pagerFor({ values, maxBytes: 600, baseBytes: 100 });
    const answer = textPart("天空是蓝色的。".repeat(60), { order: 2 });
    const parts = [toolPart("1"), toolPart("2"), answer];
    pager.update(lane(parts.slice(0, 2), [call("1", "done"), call("2", "running")]));
    pager.update(lane(parts, [call("1", "done"), call("2", "running")]));
    expect(pager.pageCount).toBeGreaterThan(1);
    pager.update(lane(parts, [call("1", "done"), call("2", "done")]));
    const tools = (page: number) =>
      pager
        .blocks(page, true)
        .flatMap((block) => (block.type === "tool" ? [[block.title, block.status]] : []));
    expect(tools(0)).toEqual([
      ["tool 1", "done"],
      ["tool 2", "running"],
    ]);
    expect(tools(pager.pageCount - 1)).toEqual([["tool 2", "done"]]);
  });
});
