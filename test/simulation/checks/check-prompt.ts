import { type Call, cardWriteOf } from "../play/call-log.ts";
import type { Outcome, StreamOutcome } from "../play/outcome.ts";
import { contentOf, walk } from "./card-tree.ts";

/** Time that a write waits at most for its slot, after the answer to the write before it. */
const SLOT_MS = 120;

/** Checks that a card opens at once and its first text leaves at once (P7). @returns the broken promises. */
export function checkPrompt(outcome: Outcome): string[] {
  const { streams, calls, scenario } = outcome;
  const [first] = streams;
  // With `streaming: false` the card is made at the end of the run.
  if (first === undefined || scenario.blocks?.show.streaming === false) return [];
  const [call] = calls;
  if (call?.startedAt !== first.startedAt) {
    return [
      `P7: the first request left ${(call?.startedAt ?? 0) - first.startedAt} ms after the card was made`,
    ];
  }
  const { blocks, pace } = scenario;
  // Reasoning is text, too.
  const isThoughtful = blocks !== undefined && blocks.thoughts > 0 && blocks.show.reasoning !== "hide";
  // Several cards share a budget, and `flushOn: "sentence"` waits for the end of a sentence.
  const isPlain = streams.length === 1 && pace !== "sentence" && !isThoughtful && !blocks?.lanes.length;
  return isPlain ? firstText(first, outcome) : [];
}

/** Checks that the first text leaves with the delta that can be shown, once the card is open. */
function firstText({ plainTextAt }: StreamOutcome, { calls, requests }: Outcome): string[] {
  const at = calls.findIndex(holdsText);
  const call = calls[at];
  if (plainTextAt === undefined || call === undefined) return [];
  const isTroubled = requests.some(
    ({ time, code, fault }) => time <= call.startedAt && (code !== 0 || fault !== undefined),
  );
  const opened = calls.find(({ path }) => path.includes("/im/v1/messages"))?.endedAt;
  // Text from before the opening is in the card's first JSON; text behind blocks that fill the card is on the next one.
  const isOnFirst = cardWriteOf(call)?.cardId === calls.flatMap((one) => cardWriteOf(one)?.cardId ?? [])[0];
  if (isTroubled || opened === undefined || !isOnFirst) return [];
  const before = calls.slice(0, at).findLast((other) => cardWriteOf(other) !== undefined)?.endedAt;
  const latest = Math.max(plainTextAt, opened, (before ?? Number.NEGATIVE_INFINITY) + SLOT_MS);
  const lateMs = call.startedAt - latest;
  return lateMs > 0 ? [`P7: the first text left ${lateMs} ms later than it could`] : [];
}

function holdsText({ path, body }: Call): boolean {
  const elementId = /\/elements\/([^/]+)\/content$/.exec(path)?.[1];
  if (elementId !== undefined) return isAnswer(elementId);
  const operation = path.endsWith("/batch_update") ? "batch" : path.endsWith("/cards") ? "create" : undefined;
  if (operation === undefined) return false;
  let isFound = false;
  walk(contentOf({ operation, body: JSON.parse(body) }), ({ tag, element_id: id, content = "" }) => {
    isFound ||= tag === "markdown" && id !== undefined && isAnswer(id) && content.trim() !== "";
  });
  return isFound;
}

/** Tells elements of the answer from all others, whose ids begin with `sc_`. */
function isAnswer(elementId: string): boolean {
  return !elementId.startsWith("sc_");
}
