import type { StreamPart } from "../scenario/block-parts.ts";
import type { TimedPart } from "../scenario/timetable.ts";

/** What one run said, as far as a card shows it. */
export interface Said {
  /** Which of the lanes it is; `undefined` for the card's own run. */
  readonly lane: number | undefined;
  /** The texts of its answer. Half an emoji at the very end is no character. */
  readonly texts: readonly string[];
  /** What was thought in a row is one thought. Like what follows, absent where nobody has counted. */
  readonly thoughts?: readonly string[];
  /** Ids of its tool calls. */
  readonly tools?: readonly string[];
  /** Addresses, or titles where there is none. */
  readonly sources?: readonly string[];
}

/** What each run of a timetable said: the card's own, and the lanes in their order. */
export function whatWasSaid(parts: readonly TimedPart[], lanes: number): Said[] {
  const names = [undefined, ...Array.from({ length: lanes }, (_, lane) => lane)];
  return names.map((lane) =>
    saidBy(
      lane,
      parts.filter((timed) => timed.lane === lane).map(({ part }) => part),
    ),
  );
}

/** Reasoning is shown up to this length, in UTF-8 bytes. */
const MOST_REASONING_BYTES = 6 * 1024;

function saidBy(lane: number | undefined, parts: readonly StreamPart[]): Said {
  const texts: string[] = [];
  const textOf = new Map<string, number>();
  const thoughts: string[] = [];
  let thoughtBytes = 0;
  const think = (text: string) => {
    const at = thoughts.length - 1;
    for (const character of text) {
      if (thoughtBytes > MOST_REASONING_BYTES) return;
      thoughtBytes += Buffer.byteLength(character);
      thoughts[at] += thoughtBytes > MOST_REASONING_BYTES ? "…" : character;
    }
  };
  /** Of the thought that is open. */
  const thoughtIds = new Set<string>();
  const tools = new Set<string>();
  const sources = new Set<string>();
  let step = 0;
  /** What appeared last. */
  let last: "text" | "thought" | "other" = "text";
  for (const part of parts) {
    const key = `${step} ${part.id}`;
    switch (part.type) {
      case "start-step":
        step += 1;
        if (last === "thought") last = "text";
        break;
      case "text-delta": {
        const known = last === "other" ? undefined : textOf.get(key);
        const at = known ?? texts.push("") - 1;
        texts[at] += String(part.text);
        textOf.set(key, at);
        if (known === undefined || last === "thought") last = "text";
        break;
      }
      case "reasoning-delta": {
        // What is thought in a row is one thought, of paragraphs.
        if (last !== "thought") {
          thoughts.push("");
          thoughtIds.clear();
          thoughtBytes = 0;
        }
        const isNew = thoughtIds.size > 0 && !thoughtIds.has(key);
        thoughtIds.add(key);
        think(`${isNew ? "\n\n" : ""}${part.text}`);
        last = "thought";
        break;
      }
      case "source": {
        // A document without a title goes by its id, and what has no name at all is none.
        const name = String(part.url ?? [part.title, part.id].find((word) => String(word).trim() !== ""));
        if (name.trim() !== "") sources.add(name);
        break;
      }
      case "file":
        if ((part.file as { readonly mediaType: string }).mediaType.startsWith("image/")) last = "other";
        break;
      default: {
        const id = toolCallIdOf(part);
        if (id === undefined || tools.has(id)) break;
        tools.add(id);
        last = "other";
      }
    }
  }
  return {
    lane,
    texts,
    thoughts,
    tools: [...tools],
    sources: [...sources],
  };
}

function toolCallIdOf(part: StreamPart): string | undefined {
  if (part.type === "tool-input-start") return String(part.id);
  if (part.type === "tool-approval-request") {
    return (part.toolCall as { readonly toolCallId: string }).toolCallId;
  }
  return typeof part.toolCallId === "string" ? part.toolCallId : undefined;
}

/**
 * When a run has said words that can mean nothing else in Markdown, so that nothing has to be held back.
 *
 * @param startedAt When it said its first part, at the earliest.
 */
export function plainTextAt(parts: readonly TimedPart[], startedAt: number): number | undefined {
  let said = "";
  for (const { atMs, part } of parts) {
    if (part.type !== "text-delta") continue;
    said += String(part.text);
    // A letter may come in two halves.
    if (!/^[\p{L}，。；、：“”—]*[\ud800-\udbff]?$/u.test(said)) return undefined;
    if (said.isWellFormed() && /\p{L}/u.test(said)) return startedAt + atMs;
  }
  return undefined;
}
