/** One thing done wrong on purpose. The simulation has to notice. */
export interface Mutant {
  readonly name: string;
  /** The promise that it breaks. */
  readonly breaks: string;
  readonly edits: readonly Edit[];
}

/** Words of a file that are replaced; they have to be there, once. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const state = "packages/core/src/card-state.ts";
const stream = "packages/core/src/card-stream.ts";
const outcome = "packages/core/src/card-outcome.ts";
const pages = "packages/core/src/card-pages.ts";
const writer = "packages/core/src/page-writer.ts";
const pace = "packages/core/src/pace.ts";
const rest = "packages/core/src/deliver-rest.ts";
const driver = "packages/feishu/src/create-feishu-driver.ts";
const entity = "packages/feishu/src/card-entity.ts";
const messages = "packages/feishu/src/run-messages.ts";
const limits = "packages/feishu/src/limits.ts";
const token = "packages/feishu/src/tenant-access-token.ts";
const api = "packages/feishu/src/feishu-api.ts";

const append = "textRun(state, event.id, now).log.append(event.text);";

export const mutants: readonly Mutant[] = [
  mutant("overlap merge", "P1", [
    state,
    append,
    `{
        const { log } = textRun(state, event.id, now);
        const known = log.toString();
        let same = event.text.length;
        while (!known.endsWith(event.text.slice(0, same))) same -= 1;
        log.append(event.text.slice(same));
      }`,
  ]),
  mutant("equal tokens once", "P1", [
    state,
    append,
    `{
        const { log } = textRun(state, event.id, now);
        if (!log.toString().endsWith(event.text)) log.append(event.text);
      }`,
  ]),
  mutant("trailing newlines trimmed", "P1", [
    "packages/feishu/src/block-json.ts",
    'return { tag: "markdown", element_id: ids.element, content: text,',
    'return { tag: "markdown", element_id: ids.element, content: text.trimEnd(),',
  ]),
  mutant("delta in place of the full text", "P1", [
    driver,
    "content: block.text, action",
    "content: block.text.slice(-40), action",
  ]),
  mutant("a cursor at the end of the text", "P5", [
    driver,
    "content: block.text, action",
    'content: block.text + "▌", action',
  ]),
  mutant("not finalized after a stop", "P2", [
    pages,
    "const isFinal = !isLast || isComplete;",
    "const isFinal = !isLast || (isComplete && !view.isHurried);",
  ]),
  mutant("streaming left on", "P2", [
    driver,
    "const config = { streaming_mode: false, summary };",
    "const config = { streaming_mode: true, summary };",
  ]),
  mutant("no summary of its own", "P2", [
    driver,
    "const summary = this.#json.summary(write.blocks, write.summary);",
    'const summary = { content: "" };',
  ]),
  mutant(
    "the run waits for the card",
    "P3",
    [
      stream,
      "write: (chunk) => self.card.push(chunk),",
      "write: async (chunk) => { self.card.push(chunk); await self.card.opened.catch(() => {}); },",
    ],
    [
      "packages/core/src/pipe-to-card.ts",
      "for (const input of inputs) card.push(input);",
      "for (const input of inputs) { await card.opened.catch(() => {}); card.push(input); }",
    ],
  ),
  mutant(
    "a sequence used again after a failure",
    "P4",
    [
      entity,
      "    this.#sequence += 1;\n    const sequence = this.#sequence;",
      "    const sequence = this.#sequence + 1;",
    ],
    [entity, "      });\n    } finally {", "      });\n      this.#sequence = sequence;\n    } finally {"],
  ),
  mutant("writes in parallel", "P4", [writer, "if (this.#isBusy || this.isSettled", "if (this.isSettled"]),
  mutant("a send that is tried again has a new uuid", "P4", [
    messages,
    "data: { card_id: cardId } },\n      uuid: uuidv5(",
    "data: { card_id: cardId } },\n      uuid: uuidv4() || uuidv5(",
  ]),
  mutant("a card that is sent again is made again", "P4", [
    driver,
    "    if (known === undefined) this.#made = this.#made.concat(made);\n",
    "",
  ]),
  mutant("what is unknown counts as done", "P1", [
    writer,
    'if (error.outcome === "unknown") this.#shown = afterUnknown(this.#shown);',
    'if (error.outcome === "unknown") this.#shown = afterWrite(this.#shown, write);',
  ]),
  mutant("a new card is thought to show what is newest", "P1", [
    writer,
    "this.#shown = initiallyShown(card.blocks);",
    "this.#shown = initiallyShown(this.#host.content(this.page).blocks);",
  ]),
  mutant("no backoff", "P6", [
    pace,
    "this.#waitMs = isHopeful ? (error.retryAfterMs ?? 0) : Math.max(0, this.#penaltyMs - tookMs);",
    "this.#waitMs = 0 * tookMs;",
  ]),
  mutant("twenty operations a second", "P6", [
    limits,
    "operationIntervalMs: 100,",
    "operationIntervalMs: 50,",
  ]),
  mutant("no shared budget", "P6", [
    limits,
    "apiCalls: { perSecond: 50, perMinute: 1000 },",
    "apiCalls: { perSecond: 5000, perMinute: 100_000 },",
  ]),
  mutant("streaming is not renewed", "P6", [
    limits,
    "streamingRenewMs: 9 * 60_000,",
    "streamingRenewMs: 90 * 60_000,",
  ]),
  mutant("re-opening streaming closes it", "P6", [
    entity,
    '"Opening streaming mode", { streaming_mode: true,',
    '"Opening streaming mode", { streaming_mode: false,',
  ]),
  mutant("no jump ahead of another writer", "P6", [
    entity,
    'if (remedy === "raise-sequence") return this.#jumpAhead();',
    'if (remedy === "raise-sequence") return true;',
  ]),
  mutant("a token for each call that waits", "P6", [
    token,
    "this.#pending ??= fetchToken",
    "this.#pending = fetchToken",
  ]),
  mutant("a refused token is used again", "P6", [api, "this.#tokens.reject(token);", ""]),
  mutant("frames after a stop", "P8", [
    writer,
    "const isFinal = summary !== undefined;",
    "const isFinal = summary !== undefined && reconcile(this.#shown, all, this.#options.driver.profile) === undefined;",
  ]),
  mutant(
    "finalizing waits for its pace",
    "P8",
    [pace, "const FINALIZE_SLOT_MS = 100;", "const FINALIZE_SLOT_MS = 100;\nconst SLOW_MS = 400;"],
    [
      pace,
      "Math.min(this.#pace.intervalMs, FINALIZE_SLOT_MS)",
      "Math.max(this.#pace.intervalMs, FINALIZE_SLOT_MS, SLOW_MS)",
    ],
  ),
  mutant("a tool row that stays running", "blocks", [
    "packages/core/src/tool-run.ts",
    'return isOpen ? { ...tool, status: "unfinished" } : tool;',
    "return isOpen ? tool : tool;",
  ]),
  mutant("a panel that is never folded", "blocks", [
    "packages/core/src/run-view.ts",
    'isFolded: !isThinking && this.#parts.options.reasoning === "fold",',
    "isFolded: false,",
  ]),
  mutant("an id that repeats", "blocks", [
    "packages/core/src/page.ts",
    "    this.#counts[kind] = count;",
    '    if (kind !== "tool" || count < 3) this.#counts[kind] = count;',
  ]),
  mutant("a tag in a tool's output", "blocks", [
    "packages/feishu/src/markdown-text.ts",
    ".replace(platformTag, BREAK)",
    "",
  ]),
  mutant("a stop button on a final card", "blocks", [
    "packages/core/src/card-foot.ts",
    "  if (end === undefined) {\n    if (options.stop",
    '  if (end === undefined || end.reason === "error") {\n    if (options.stop',
  ]),
  mutant("calls that are neither shown nor counted", "blocks", [
    "packages/core/src/tool-rows.ts",
    "count: known.block.count + 1 }",
    "count: known.block.count }",
  ]),
  mutant("slices that never close", "P9", [
    "packages/core/src/text-flow.ts",
    "if (slice.bytes >= size && ",
    "if (slice.bytes >= size * 1_000 && ",
  ]),
  mutant("no plain message", "delivery", [rest, 'if (text.trim() === "" ||', "if (true ||"]),
  mutant("delivery is always called card", "delivery", [
    outcome,
    'rest === undefined ? "card" :',
    'rest === undefined || true ? "card" :',
  ]),
  mutant("calls that never end", "delivery", [limits, "requestMs: 10_000,", "requestMs: 100_000,"]),
  mutant("cards that settle late", "delivery", [
    pages,
    "const SETTLE_MS = 12_000;",
    "const SETTLE_MS = 120_000;",
  ]),
  mutant(
    "cards in any order",
    "P1",
    [pages, "if (writer.card === undefined && !writer.isSettled) return;", ""],
    [
      pages,
      "if (this.#writers[known - 1]?.card !== undefined) this.#writers[known]?.kick();",
      "this.#writers[known]?.kick();",
    ],
  ),
];

function mutant(
  name: string,
  breaks: string,
  ...edits: readonly (readonly [string, string, string])[]
): Mutant {
  return { name, breaks, edits: edits.map(([file, find, replace]) => ({ file, find, replace })) };
}
