import { type Mutant, mutant } from "./mutant.ts";

const state = "packages/core/src/run/run-state.ts";
const stream = "packages/core/src/card/card-stream.ts";
const outcome = "packages/core/src/card/card-outcome.ts";
const pages = "packages/core/src/card/card-pages.ts";
const writer = "packages/core/src/writes/page-writer.ts";
const planner = "packages/core/src/writes/write-planner.ts";
const reconciler = "packages/core/src/writes/reconcile.ts";
const flow = "packages/core/src/pages/text-flow.ts";
const backoff = "packages/core/src/writes/backoff.ts";
const pace = "packages/core/src/writes/pace.ts";
const rest = "packages/core/src/card/deliver-rest.ts";

const append = "textPart(state, event.id, now).log.append(event.text);";

export const coreMutants: readonly Mutant[] = [
  mutant("overlap merge", "P1", [
    state,
    append,
    `{
        const { log } = textPart(state, event.id, now);
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
        const { log } = textPart(state, event.id, now);
        if (!log.toString().endsWith(event.text)) log.append(event.text);
      }`,
  ]),
  mutant("not finalized after a stop", "P2", [
    pages,
    "const isFinal = !isLast || isComplete;",
    "const isFinal = !isLast || (isComplete && !view.isHurried);",
  ]),
  mutant(
    "the run waits for the card",
    "P3",
    [
      "packages/core/src/card/card-sink.ts",
      "write(chunk: CardInput): void {\n    this.card?.push(chunk);",
      "async write(chunk: CardInput) {\n    this.card?.push(chunk); await this.card?.opened.catch(() => {});",
    ],
    [
      "packages/core/src/pipe/pump-stream.ts",
      "pushAll(card, inputs.length === 0",
      "await card.opened.catch(() => {}); pushAll(card, inputs.length === 0",
    ],
  ),
  mutant("writes in parallel", "P4", [writer, "if (this.#isBusy || this.isSettled", "if (this.isSettled"]),
  mutant("what is unknown counts as done", "P1", [
    planner,
    'if (error.outcome === "unknown") this.#shown = afterUnknown(this.#shown);',
    'if (error.outcome === "unknown") this.#shown = afterWrite(this.#shown, write);',
  ]),
  mutant("a new card is thought to show what is newest", "P1", [
    writer,
    "this.#planner.opened(card.blocks);",
    "this.#planner.opened(this.#host.content(this.page).blocks);",
  ]),
  mutant("no backoff", "P6", [
    backoff,
    "this.#waitMs = isHopeful ? (error.retryAfterMs ?? 0) : Math.max(0, this.#penaltyMs - tookMs);",
    "this.#waitMs = 0 * tookMs;",
  ]),
  mutant("operations that are sent before the second is over", "P6", [
    "packages/core/src/writes/answer-window.ts",
    "this.#leastTripMs = Math.max(0, least - spread);",
    "this.#leastTripMs = least + spread;",
  ]),
  mutant("a card that waits for text to open", "P7", [
    stream,
    "if (signal !== undefined) this.#stopWith(signal);\n    this.#schedule();",
    "if (signal !== undefined) this.#stopWith(signal);",
  ]),
  mutant("text that waits for a timer", "P7", [
    stream,
    "    queueMicrotask(() => {\n      this.#isScheduled = false;\n      this.#pages.kick();\n    });",
    "    this.#clock.setTimeout(() => {\n      this.#isScheduled = false;\n      this.#pages.kick();\n    }, this.#pages.cards.length > 0 ? 15 : 0);",
  ]),
  mutant("text that waits for an interval after opening", "P7", [
    writer,
    "this.#planner.opened(card.blocks);",
    "this.#planner.opened(card.blocks);\n        this.#pace.left(this.#options.clock.now());",
  ]),
  mutant("frames after a stop", "P8", [
    planner,
    "if (summary === undefined) return",
    "if (summary === undefined || reconcile(this.#shown, all, this.#options.driver.profile) !== undefined) return",
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
    "packages/core/src/run/tool-call.ts",
    'return isOpen ? { ...tool, status: "unfinished" } : tool;',
    "return isOpen ? tool : tool;",
  ]),
  mutant("a panel that is never folded", "blocks", [
    "packages/core/src/view/run-view.ts",
    'isFolded: !isThinking && this.#parts.options.reasoning === "fold",',
    "isFolded: false,",
  ]),
  mutant("an id that repeats", "blocks", [
    "packages/core/src/pages/page.ts",
    "    this.#counts[kind] = count;",
    '    if (kind !== "tool" || count < 3) this.#counts[kind] = count;',
  ]),
  mutant("a stop button on a final card", "blocks", [
    "packages/core/src/view/foot-blocks.ts",
    "  if (end === undefined) {\n    if (options.stop",
    '  if (end === undefined || end.reason === "error") {\n    if (options.stop',
  ]),
  mutant("calls that are neither shown nor counted", "blocks", [
    "packages/core/src/pages/tool-rows.ts",
    "count: known.block.count + 1 }",
    "count: known.block.count }",
  ]),
  mutant("the next text before the last one is all there", "P1", [
    reconciler,
    "const place = isEmpty ? shown.written.length : ",
    "const place = isEmpty ? -2 : ",
  ]),
  mutant("texts that stand ready for ever", "P1", [
    pages,
    "const texts = isFinal ? placed : ",
    "const texts = ",
  ]),
  mutant("slices that never close", "P9", [
    flow,
    "if (bytes < least) return false;",
    "if (bytes < least * 1_000) return false;",
  ]),
  mutant("no plain message", "delivery", [rest, 'if (text.trim() === "" ||', "if (true ||"]),
  mutant("delivery is always called card", "delivery", [
    outcome,
    'rest === undefined ? "card" :',
    'rest === undefined || true ? "card" :',
  ]),
  mutant("cards that settle late", "delivery", [
    pages,
    "const SETTLE_MS = 12_000;",
    "const SETTLE_MS = 120_000;",
  ]),
  mutant(
    "cards in any order",
    "P1",
    [pages, "if (writer.card === undefined && !writer.isSettled) return;", ""],
    [pages, "if (this.#writers[known - 1]?.card !== undefined) this.#writers[known]?.kick();", ""],
    [pages, "return this.#writers[page - 1]?.lastAnswer;", "return undefined;"],
  ),
  mutant("the next card is sent before this one has said its last", "P1", [
    pages,
    "return this.#writers[page - 1]?.lastAnswer;",
    "return undefined;",
  ]),
  mutant("cards behind one that is lost", "P1", [
    pages,
    "if (writer.card === undefined) this.#cutOff(page);",
    "",
  ]),
];
