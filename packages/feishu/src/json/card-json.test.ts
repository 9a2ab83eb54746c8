import type { CardBlock, RunEnd } from "@streamcard/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardProfile } from "../driver/card-profile.ts";
import { CardJson } from "./card-json.ts";

const text = (id: string, content: string): CardBlock => ({ type: "text", id, text: content });
const ended = (end: RunEnd): CardBlock => ({
  type: "status",
  id: "status",
  status: { phase: "ended", end, hasText: true },
});
const thinking: CardBlock = { type: "status", id: "status", status: { phase: "thinking" } };

describe("given blocks", () => {
  it("makes a streaming card of them", () => {
    expect(new CardJson({ header: "天气" }).card([text("text-1", "晴"), thinking])).toEqual({
      schema: "2.0",
      config: {
        update_multi: true,
        streaming_mode: true,
        streaming_config: {
          print_frequency_ms: { default: 30 },
          print_step: { default: 6 },
          print_strategy: "fast",
        },
      },
      header: { title: { tag: "plain_text", content: "天气" } },
      body: {
        vertical_spacing: "8px",
        elements: [
          { tag: "markdown", element_id: "answer", content: "晴" },
          {
            tag: "div",
            element_id: "sc_status",
            text: { tag: "plain_text", content: "思考中…", text_size: "notation", text_color: "grey" },
          },
        ],
      },
    });
  });

  it("names the first text as told, and numbers the others", () => {
    const json = new CardJson({ elementId: "a2345678901234567890" });
    expect(["text-1", "text-2", "text-180"].map((id) => json.elementId(id))).toEqual([
      "a2345678901234567890",
      "a23456789012345678_2",
      "a234567890123456_180",
    ]);
  });

  it("turns changes into the actions of one batch", () => {
    const json = new CardJson();
    expect(
      json.actions([
        { type: "update", block: text("text-1", "a") },
        { type: "insert", block: text("text-2", "b"), before: "status" },
        { type: "insert", block: text("text-3", "c") },
        { type: "remove", id: "status" },
      ]),
    ).toEqual([
      {
        action: "update_element",
        params: { element_id: "answer", element: json.element(text("text-1", "a")) },
      },
      {
        action: "add_elements",
        params: {
          type: "insert_before",
          target_element_id: "sc_status",
          elements: [json.element(text("text-2", "b"))],
        },
      },
      { action: "add_elements", params: { type: "append", elements: [json.element(text("text-3", "c"))] } },
      { action: "delete_elements", params: { element_ids: ["sc_status"] } },
    ]);
  });

  it.each<[RunEnd, string, string]>([
    [{ status: "finished" }, "晴", "晴"],
    [{ status: "finished" }, "", "已完成"],
    [{ status: "stopped", reason: "reader" }, "晴", "[已由用户停止] 晴"],
    [{ status: "failed", reason: "error" }, "", "出错了，内容可能不完整"],
  ])("sums up %j with %j as %j", (end, words, summary) => {
    expect(new CardJson().summary([ended(end)], words)).toMatchObject({ content: summary });
  });

  it("shows who stopped the run, as a person and not as text", () => {
    const stopped = ended({ status: "stopped", reason: "reader", stoppedBy: "ou_1" });
    expect(new CardJson().element(stopped)).toMatchObject({
      tag: "markdown",
      element_id: "sc_status",
      content:
        "<font color='grey'>已由</font> <person id='ou_1' show_name=true show_avatar=false style='normal'></person> <font color='grey'>停止</font>",
    });
    const odd = ended({ status: "stopped", reason: "reader", stoppedBy: "'></person><at id=all>" });
    expect(new CardJson().element(odd)).toMatchObject({ tag: "div", text: { content: "已由用户停止" } });
  });

  it("speaks the reader's language", () => {
    expect(JSON.stringify(new CardJson({ locale: "ja-JP" }).element(thinking))).toContain("考え中…");
  });
});

describe("given options that the platform would refuse", () => {
  it.each([
    [{ elementId: "1st" }, 'received "1st"'],
    [{ elementId: "answer-1" }, 'received "answer-1"'],
    [{ elementId: "a".repeat(21) }, "1 to 20"],
    [{ elementId: "sc_status" }, "must differ"],
    [{ header: "" }, 'header.title must be a text, received ""'],
    [{ header: { title: "a", color: "pink" as never } }, 'header.color must be "blue", "wathet", '],
    [{ header: { title: "a", tags: Array(4).fill({ text: "t" }) } }, "received 4"],
    [{ header: { title: "a", tags: [{ text: "t", color: "pink" as never }] } }, "header.tags[].color"],
    [{ streamingConfig: { printFrequencyMs: 0 } }, "received 0"],
    [{ streamingConfig: { printStep: 1.5 } }, "received 1.5"],
    [{ streamingConfig: { printStrategy: "slow" as never } }, 'received "slow"'],
    [{ locale: "fr-FR" as never }, 'locale must be "zh-CN", "en-US" or "ja-JP"'],
  ])("refuses %j", (options, words) => {
    expect(() => new CardJson(options)).toThrow(words);
  });
});

describe("given what a card may take", () => {
  it("counts the bytes of text as a request has them, as JSON within JSON", () => {
    const { bytesOf } = cardProfile(new CardJson());
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (content) => {
        const inner = JSON.stringify(content.toWellFormed()).slice(1, -1);
        expect(bytesOf(content.toWellFormed())).toBe(Buffer.byteLength(JSON.stringify(inner)) - 2);
      }),
    );
  });

  it("counts a card as its parts: the frame with any summary, and each block", () => {
    const json = new CardJson({ header: { title: "标题", tags: [{ text: "t" }] } });
    const { baseBytes, baseElements, measure } = cardProfile(json);
    const status = ended({ status: "failed", reason: "error" });
    const inner = JSON.stringify(json.card([status], { summary: `${"字".repeat(60)}…` }));
    const { bytes, elements } = measure(status);
    expect(baseBytes + bytes).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(inner)) - 2);
    expect([baseElements, elements]).toEqual([3, 2]);
  });
});

describe("given a component of the user's own", () => {
  it("finds it by its own id, to put others before it and to take it away", () => {
    const json = new CardJson();
    const line: CardBlock = { type: "element", id: "line", element: { tag: "hr" } };
    const chart: CardBlock = { type: "element", id: "chart", element: { tag: "hr", element_id: "mine" } };
    json.card([line, chart]);
    expect(
      json.actions([
        { type: "insert", block: text("text-1", "a"), before: "line" },
        { type: "remove", id: "line" },
        { type: "remove", id: "chart" },
      ]),
    ).toMatchObject([
      { params: { target_element_id: "u_line" } },
      { params: { element_ids: ["u_line"] } },
      { params: { element_ids: ["mine"] } },
    ]);
  });
});
