import type { StreamPart } from "../scenario/block-parts.ts";
import type { TimedPart } from "../scenario/timetable.ts";

/** Words of one run, as far as a card shows them. */
export interface Said {
  /** Index of the lane; `undefined` for the card's own run. */
  readonly lane: number | undefined;
  /** Blocks of the answer, without half an emoji at the very end. */
  readonly texts: readonly string[];
  /** Thoughts; reasoning without another block in between is one. Absent, as the fields below, if it was not counted. */
  readonly thoughts?: readonly string[];
  /** Ids of the tool calls. */
  readonly tools?: readonly string[];
  /** Addresses of the sources, or titles of those without one. */
  readonly sources?: readonly string[];
}

/** Lists the words of each run of a timetable: the card's own, then the lanes in order. */
export function whatWasSaid(parts: readonly TimedPart[], lanes: number): Said[] {
  const names = [undefined, ...Array.from({ length: lanes }, (_, lane) => lane)];
  return names.map((lane) =>
    saidBy(
      lane,
      parts.filter((timed) => timed.lane === lane).map(({ part }) => part),
    ),
  );
}

/** UTF-8 bytes of reasoning that a card shows at most. */
const MAX_REASONING_BYTES = 6 * 1024;

function saidBy(lane: number | undefined, parts: readonly StreamPart[]): Said {
  const texts: string[] = [];
  const textOf = new Map<string, number>();
  const thoughts: string[] = [];
  let thoughtBytes = 0;
  const think = (text: string) => {
    const at = thoughts.length - 1;
    for (const character of text) {
      if (thoughtBytes > MAX_REASONING_BYTES) return;
      thoughtBytes += Buffer.byteLength(character);
      thoughts[at] += thoughtBytes > MAX_REASONING_BYTES ? "…" : character;
    }
  };
  /** Ids of the reasoning in the open thought. */
  const thoughtIds = new Set<string>();
  const tools = new Set<string>();
  const sources = new Set<string>();
  let step = 0;
  /** Kind of the last block. */
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
        // Reasoning in a row is one thought of several paragraphs.
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
        // A document without a title goes by its id, and one without any name is left out.
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
 * Returns the time of the first words that can mean nothing else in Markdown, so that none has to be held back.
 *
 * @param startedAt - earliest time of the run's first part, in milliseconds.
 */
export function plainTextAt(parts: readonly TimedPart[], startedAt: number): number | undefined {
  let said = "";
  for (const { atMs, part } of parts) {
    if (part.type !== "text-delta") continue;
    said += String(part.text);
    // A letter outside of the basic plane may come in two halves.
    if (!/^[\p{L}，。；、：“”—]*[\ud800-\udbff]?$/u.test(said)) return undefined;
    if (said.isWellFormed() && /\p{L}/u.test(said)) return startedAt + atMs;
  }
  return undefined;
}
