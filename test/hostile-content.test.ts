import { ManualClock } from "@streamcard/core/testing";
import { createFeishuEmulator } from "@streamcard/emulator";
import { createFeishu } from "@streamcard/feishu";
import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, it } from "vitest";
import { cases } from "./setup/cases.ts";
import { type CardNode, walk } from "./simulation/checks/card-tree.ts";
import { isProse, platformTagIn, withoutOwnTags } from "./simulation/checks/platform-tags.ts";
import { hostileUrls, hostileWords } from "./simulation/scenario/hostile-words.ts";

const word = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...hostileWords) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
);
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
const url = fc.oneof(fc.constantFrom(...hostileUrls), words);

/** All fields of a run and its card that a model, a tool, a web page or a user fills. */
const fields = fc.record({
  answer: words,
  thought: words,
  toolName: words,
  title: words,
  input: fc.oneof(words, fc.dictionary(words, words, { maxKeys: 2 })),
  output: fc.oneof(words, fc.array(words, { maxLength: 2 })),
  error: words,
  sources: fc.array(fc.record({ title: words, url }), { maxLength: 3 }),
  documentTitle: words,
  lane: words,
  layout: fc.constantFrom("column", "panel"),
  model: words,
  failure: words,
  header: words.filter((text) => text.trim() !== ""),
});

type Fields = typeof fields extends fc.Arbitrary<infer Value> ? Value : never;

/** Streams a card with these fields. @returns the requests about cards. */
async function shown(
  said: Fields,
): Promise<readonly { readonly operation: string; readonly body: unknown }[]> {
  const clock = new ManualClock();
  const emulator = createFeishuEmulator({ clock });
  const feishu = createFeishu({
    ...emulator.credentials,
    domain: emulator.url,
    fetch: emulator.fetch,
    clock,
    handleSignals: false,
    logger: { warn: () => {} },
  });
  const card = feishu.card({
    to: emulator.chats.group,
    header: {
      title: said.header,
      subtitle: said.lane,
      tags: [{ text: said.title.slice(0, 20) }],
      showStatus: true,
    },
    footer: true,
    actions: true,
    failureText: () => said.failure,
  });
  void card.signal;
  const lane = card.lane("lane", { title: said.lane, layout: said.layout });
  for (const target of [card, lane]) {
    const call = { toolName: said.toolName, title: said.title };
    target.push({ type: "reasoning-delta", id: "r", text: said.thought });
    await clock.advance(300);
    target.push({ type: "tool-call", toolCallId: "done", ...call, input: said.input });
    target.push({ type: "tool-call", toolCallId: "failed", ...call, input: said.input });
    target.push({ type: "tool-call", toolCallId: "asked", ...call, input: said.input });
    await clock.advance(300);
    target.push({ type: "tool-result", toolCallId: "done", output: said.output });
    target.push({ type: "tool-error", toolCallId: "failed", error: new Error(said.error) });
    target.push({ type: "tool-approval-request", approvalId: said.title, toolCall: { toolCallId: "asked" } });
    target.push({ type: "text-delta", id: "t", text: said.answer });
    for (const [index, source] of said.sources.entries()) {
      target.push({ type: "source", sourceType: "url", id: `${index}`, ...source });
    }
    target.push({
      type: "source",
      sourceType: "document",
      id: "document",
      mediaType: "text/plain",
      title: said.documentTitle,
    });
    target.push({ type: "finish-step", response: { modelId: said.model } });
    await clock.advance(300);
  }
  lane.finish();
  const result = await clock.until(card.fail(new Error(said.error)));
  expect(result.delivery, String(result.deliveryError)).toBe("card");
  const requests = emulator.requests().filter(({ cardId }) => cardId !== undefined);
  expect(requests.filter(({ code }) => code !== 0)).toEqual([]);
  return requests;
}

/** Lists the Markdown texts of a request, each with its element. */
function markdownIn(body: unknown): CardNode[] {
  const found: CardNode[] = [];
  const look = (value: unknown): void => {
    walk(value, (node) => {
      if (node.tag === "markdown" || node.tag === "lark_md") found.push(node);
    });
  };
  look(body);
  for (const field of Object.values(body as object)) {
    const inner = typeof field === "object" && field !== null && "data" in field ? field.data : field;
    if (typeof inner === "string" && /^[[{]/.test(inner)) look(JSON.parse(inner));
  }
  return found;
}

/** Divides Markdown into code, on which no client acts, and the text outside of code. */
function partsOf(content: string): { outside: string; code: string; types: Set<string> } {
  const types = new Set<string>();
  let code = "";
  let outside = content;
  const visit = (node: Node): void => {
    types.add(node.type);
    const { start, end } = node.position ?? {};
    if ((node.type === "code" || node.type === "inlineCode") && start !== undefined && end !== undefined) {
      const raw = content.slice(start.offset, end.offset);
      code += raw;
      outside = outside.replace(raw, " ");
    }
    for (const child of node.children ?? []) visit(child);
  };
  visit(fromMarkdown(content) as Node);
  return { outside, code, types };
}

interface Node {
  readonly type: string;
  readonly position?: {
    readonly start: { readonly offset: number };
    readonly end: { readonly offset: number };
  };
  readonly children?: readonly Node[];
}

describe("given hostile content in every field", () => {
  it("sends no tag of the platform, no link, image or mention that nobody made, in any request", async () => {
    await fc.assert(
      fc.asyncProperty(fields, async (said) => {
        for (const { operation, body } of await shown(said)) {
          if (operation === "content") {
            const { content } = body as { readonly content: string };
            expect(platformTagIn(partsOf(content).outside), content).toBeUndefined();
            continue;
          }
          for (const { element_id, content = "" } of markdownIn(body)) {
            const { outside, types } = partsOf(withoutOwnTags(content));
            if (isProse(element_id)) {
              expect(platformTagIn(outside), content).toBeUndefined();
              expect(types.has("image") && /!\[[^\]]*\]\((?!img_)/.test(outside), content).toBe(false);
              continue;
            }
            // Details, sources and titles are plain words: not even code has a tag, and only sources have links.
            expect(platformTagIn(content), content).toBeUndefined();
            const odd = ["image", "imageReference", "linkReference", "definition", "html", "emphasis"].filter(
              (type) => types.has(type),
            );
            expect(odd, content).toEqual([]);
            for (const [, address] of outside.matchAll(/\]\(([^)]*)\)/g))
              expect(address).toMatch(/^https?:\/\//);
          }
        }
      }),
      { numRuns: cases(1.5) },
    );
  }, 120_000);
});
