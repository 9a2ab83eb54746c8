import { type Mutant, mutant } from "./mutant.ts";

const state = "packages/core/src/run/run-state.ts";
const stream = "packages/core/src/card/card-stream.ts";
const outcome = "packages/core/src/card/card-outcome.ts";
const contents = "packages/core/src/card/card-contents.ts";
const cards = "packages/core/src/card/streamed-cards.ts";
const settling = "packages/core/src/card/settling.ts";
const live = "packages/core/src/writes/live-card.ts";
const pump = "packages/core/src/writes/card-pump.ts";
const step = "packages/core/src/writes/next-step.ts";
const progress = "packages/core/src/writes/card-progress.ts";
const reconciler = "packages/core/src/writes/reconcile.ts";
const slices = "packages/core/src/pages/slice-writer.ts";
const backoff = "packages/core/src/writes/backoff.ts";
const pace = "packages/core/src/writes/pace.ts";
const messages = "packages/core/src/card/deliver-missing-text.ts";

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
    contents,
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
  mutant(
    "writes in parallel",
    "P4",
    [pump, "return this.card.isCalling || this.card.isSettled;", "return this.card.isSettled;"],
    [
      live,
      'if (this.#state.name !== "idle") return;',
      'if (!("attempt" in this.#state) || !("card" in this.#state)) return;',
    ],
  ),
  mutant("what is unknown counts as done", "P1", [
    progress,
    'if (error.outcome === "unknown") this.#shown = afterUnknown(this.shown);',
    'if (error.outcome === "unknown") this.#shown = afterWrite(this.shown, write);',
  ]),
  mutant("a new card is thought to show what is newest", "P1", [
    live,
    "this.progress.opened(card.blocks);",
    "this.progress.opened(host.content(cardIndex).blocks);",
  ]),
  mutant("no backoff", "P6", [
    backoff,
    "this.#waitMs = isHopeful ? (error.retryAfterMs ?? 0) : Math.max(0, this.#penaltyMs - tookMs);",
    "this.#waitMs = 0 * tookMs;",
  ]),
  mutant("operations that are sent before the second is over", "P6", [
    "packages/feishu/src/driver/answer-window.ts",
    "this.#minTripMs = Math.max(0, min - difference);",
    "this.#minTripMs = min + difference;",
  ]),
  mutant("a card that waits for text to open", "P7", [
    stream,
    "if (signal !== undefined) this.#stopWith(signal);\n    this.#schedule();",
    "if (signal !== undefined) this.#stopWith(signal);",
  ]),
  mutant("text that waits for a timer", "P7", [
    stream,
    "    queueMicrotask(() => {\n      this.#isScheduled = false;\n      this.#cards.wake();\n    });",
    "    this.#options.clock.setTimeout(() => {\n      this.#isScheduled = false;\n      this.#cards.wake();\n    }, this.#cards.cards.length > 0 ? 15 : 0);",
  ]),
  mutant("text that waits for an interval after opening", "P7", [
    live,
    "this.progress.opened(card.blocks);",
    "this.progress.opened(card.blocks);\n        this.#parts.pace.sent(this.#parts.clock.now());",
  ]),
  mutant("frames after a stop", "P8", [
    step,
    "if (summary !== undefined) return finalStep",
    'if (summary !== undefined && reconcile(progress.shown, content.blocks, { text: "prefix" }) === undefined) return finalStep',
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
    "packages/core/src/pages/element-pager.ts",
    "if (isFinal) return blocks;",
    "",
  ]),
  mutant("slices that never close", "P9", [
    slices,
    "if (bytes < minBytes) return false;",
    "if (bytes < minBytes * 1_000) return false;",
  ]),
  mutant("no plain message", "delivery", [messages, 'if (text.trim() === "" ||', "if (true ||"]),
  mutant("delivery is always called card", "delivery", [
    outcome,
    'missing === undefined ? "card" :',
    'missing === undefined || true ? "card" :',
  ]),
  mutant("cards that settle late", "delivery", [
    settling,
    "const MAX_SETTLE_MS = 12_000;",
    "const MAX_SETTLE_MS = 120_000;",
  ]),
  mutant(
    "cards in any order",
    "P1",
    [cards, "if (pump.card.opened === undefined && !pump.card.isSettled) break;", ""],
    [cards, "return this.#lives[cardIndex - 1]?.finalAnswer;", "return undefined;"],
  ),
  mutant("the next card is sent before this one has said its last", "P1", [
    cards,
    "return this.#lives[cardIndex - 1]?.finalAnswer;",
    "return undefined;",
  ]),
  mutant("cards behind one that is lost", "P1", [
    cards,
    "if (opened === undefined) this.#cutOff(cardIndex);",
    "",
  ]),
];
