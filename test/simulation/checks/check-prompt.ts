import { type Call, cardWriteOf } from "../play/call-log.ts";
import type { Outcome, StreamOutcome } from "../play/outcome.ts";
import { contentOf, walk } from "./card-tree.ts";

/** Longest that a write waits for its slot, once the one before it is answered. */
const SLOT_MS = 120;

/** P7, on what the client sent. @returns what is broken. */
export function checkPrompt(outcome: Outcome): string[] {
  const { streams, calls, scenario } = outcome;
  const [first] = streams;
  // A card that is sent once is made when it is final.
  if (first === undefined || scenario.blocks?.show.streaming === false) return [];
  const [call] = calls;
  if (call?.startedAt !== first.startedAt) {
    return [
      `P7: the first request left ${(call?.startedAt ?? 0) - first.startedAt} ms after the card was made`,
    ];
  }
  const { blocks, pace } = scenario;
  // What is thought is text, too.
  const isThoughtful = blocks !== undefined && blocks.thoughts > 0 && blocks.show.reasoning !== "hide";
  // Several cards share a budget; by sentences, text waits for the end of one.
  const isPlain = streams.length === 1 && pace !== "sentence" && !isThoughtful && !blocks?.lanes.length;
  return isPlain ? firstText(first, outcome) : [];
}

/** Once the card is open, the first text leaves with the delta that makes it one. */
function firstText({ plainTextAt }: StreamOutcome, { calls, requests }: Outcome): string[] {
  const at = calls.findIndex(holdsText);
  const call = calls[at];
  if (plainTextAt === undefined || call === undefined) return [];
  const isTroubled = requests.some(
    ({ time, code, fault }) => time <= call.startedAt && (code !== 0 || fault !== undefined),
  );
  const opened = calls.find(({ path }) => path.includes("/im/v1/messages"))?.endedAt;
  // What was said before is on the card from its beginning; and where other blocks fill it, the next one has its turn.
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

/** The ids of everything else begin with `sc_`. */
function isAnswer(elementId: string): boolean {
  return !elementId.startsWith("sc_");
}
