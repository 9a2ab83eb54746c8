import type { CardSnapshot } from "@streamcard/emulator";
import { type OpenBlock, openBlocksOf } from "./open-blocks.ts";

/** Offset in the run's text at which its cards may end, with the text that they leave out before it. */
interface End {
  readonly at: number;
  readonly leftOut: string;
  /** Text that a card or message repeats if it goes on from here, because a block is open. */
  readonly reopen: string;
}

export interface Reach {
  /** Several if a line end may belong to the text or to an adaptation. */
  readonly ends: readonly End[];
  /** The first difference between a card and the text. There are no ends then. */
  readonly trouble?: string;
}

/**
 * Compares the text of the cards, in order, with the text of the run, code point for code point (P1).
 *
 * Only the cards on the platform are read. Both texts are walked side by side; a difference must be one of the promised
 * adaptations, each of which has a step in this file.
 *
 * @param says - the part of the text that is elsewhere: "nothing", "what follows", "the rest", or "what is left out",
 *   which includes text between two cards. The last one tries every place at which a card may begin, so it is slow for
 *   texts that repeat themselves.
 */
export function reachOf(
  cards: readonly CardSnapshot[],
  run: readonly string[],
  says: "nothing" | "what follows" | "the rest" | "what is left out",
): Reach {
  const walk = walkAlong(run);
  // If a card ends inside a block, its last line end belongs to the text or to the adaptation: both are followed.
  let places: readonly Place[] = [{ at: 0, leftOut: "" }];
  for (const [index, card] of cards.entries()) {
    const continues = says !== "nothing" || index < cards.length - 1;
    const text = shownText(card);
    const reached = places.flatMap((place) => walk.card(text, place, continues));
    const looksFurther = says === "what is left out" || (says === "the rest" && reached.length === 0);
    // The first card may be one that could not be sent.
    if (looksFurther && (index > 0 || says === "what is left out"))
      reached.push(...places.flatMap((place) => walk.cardLater(text, place)));
    if (reached.length === 0) return { ends: [], trouble: `card ${index + 1}: ${walk.trouble}` };
    places = reached.slice(0, MAX_PLACES);
  }
  return { ends: places.map((place) => ({ ...place, reopen: walk.reopening(place.at) })) };
}

/** Walks by text, because each text is read by several checks and its blocks are slow to find. */
const walks = new WeakMap<readonly string[], Walk>();

function walkAlong(run: readonly string[]): Walk {
  const walk = walks.get(run) ?? new Walk(run);
  walks.set(run, walk);
  return walk;
}

/** Reads the run's text from a card: Markdown, or plain text if the platform refused Markdown. */
export function shownText({ elements }: CardSnapshot): string {
  return elements
    .filter(({ tag, elementId }) => ["markdown", "plain_text"].includes(tag) && isAnswer(elementId))
    .map(({ content }) => content ?? "")
    .join("");
}

/** Tells elements of the answer from all others, whose ids begin with `sc_`. */
function isAnswer(elementId: string | undefined): boolean {
  return elementId?.startsWith("sc_") === false;
}

/** Position of the walk, and the table that is shown as code at it. */
interface Place extends Omit<End, "reopen"> {
  readonly codeTable?: OpenBlock | undefined;
}

interface Step {
  readonly place: Place;
  /** Length of the shown text that the step covers. */
  readonly shown: number;
}

class Walk {
  readonly source: string;
  readonly #blocks: readonly string[];
  #found: readonly OpenBlock[] | undefined;
  trouble = "";

  constructor(blocks: readonly string[]) {
    this.source = blocks.join("");
    this.#blocks = blocks;
  }

  /** Found on first use, because parsing takes longer than the rest of the walk and most cards do without. */
  get #openBlocks(): readonly OpenBlock[] {
    let offset = 0;
    this.#found ??= this.#blocks.flatMap((block) => {
      const found = openBlocksOf(block, offset);
      offset += block.length;
      return found;
    });
    return this.#found;
  }

  /** Walks along one card. @returns the places at which it may have ended; none if it shows something else. */
  card(text: string, from: Place, continues: boolean): Place[] {
    const ends: Place[] = [];
    const paths = [{ place: from, shown: from.at === 0 ? text : text.slice(this.#reopened(text, from)) }];
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      let { place, shown } = path;
      while (shown !== "") {
        if (continues && this.#closes(shown, place)) ends.push(place);
        const [step, other] = this.#steps(shown, place);
        if (step === undefined) {
          this.trouble = this.#describe(place.at, shown);
          break;
        }
        if (other !== undefined) paths.push({ place: other.place, shown: shown.slice(other.shown) });
        place = step.place;
        shown = shown.slice(step.shown);
      }
      if (shown === "") ends.push(place);
    }
    return ends;
  }

  /** Walks along a card that begins further on in the text. */
  cardLater(text: string, from: Place): Place[] {
    const reached: Place[] = [];
    const last = Math.min(this.source.length, from.at + MAX_GAP);
    for (let at = from.at + 1; at <= last && reached.length < MAX_PLACES; at += 1) {
      const leftOut = from.leftOut + this.source.slice(from.at, at);
      const table = this.#openBlocks.find(({ type, from, to }) => type === "table" && from < at && at < to);
      const starts = table === undefined ? [undefined] : [undefined, table];
      for (const codeTable of starts) reached.push(...this.card(text, { at, leftOut, codeTable }, true));
    }
    return reached;
  }

  #describe(at: number, shown: string): string {
    const [want, got] = [JSON.stringify(this.source.slice(at, at + 60)), JSON.stringify(shown.slice(0, 60))];
    return `at ${at} of ${this.source.length} expected ${want}, shown ${got}`;
  }

  /** Returns the text with which a card begins that goes on from here. */
  reopening(at: number): string {
    if (at === 0 || at === this.source.length) return "";
    return this.#openBlocks.find(({ from, to }) => from < at && at < to)?.reopen ?? "";
  }

  /** Returns the length of the text that a card repeats at its beginning because a block is open. */
  #reopened(text: string, { at, codeTable }: Place): number {
    if (codeTable !== undefined && text.startsWith("```\n")) return 4;
    const reopen = this.reopening(at);
    return text.startsWith(reopen) ? reopen.length : 0;
  }

  /** Checks if the rest of the card closes the block that the next card opens again. */
  #closes(shown: string, { at, codeTable }: Place): boolean {
    if (!/^\n?(?:> )*(?:`{3,}|~{3,})$/.test(shown)) return false;
    const region = this.#openBlocks.find(({ from, to }) => from < at && at <= to);
    return codeTable !== undefined || region?.close.test(shown) === true;
  }

  /** Lists the steps from a place: none, one, or two if a line end may belong to either side. */
  #steps(shown: string, place: Place): Step[] {
    const { at, codeTable } = place;
    const rest = this.source.slice(at, at + MAX_STEP);
    const go = (source: number, length: number): Step[] => [
      { place: { ...place, at: at + source }, shown: length },
    ];

    // Tables beyond the count are code from their first character …
    if (codeTable === undefined && shown.startsWith("```\n") && !rest.startsWith("```")) {
      const table = this.#openBlocks.find(({ type, from }) => type === "table" && from === at);
      if (table !== undefined) return [{ place: { ...place, codeTable: table }, shown: 4 }];
    }
    // … to their last. The line end behind it may be the text's.
    const close =
      codeTable !== undefined && at >= codeTable.to ? /^\n?```/.exec(shown)?.[0].length : undefined;
    if (close !== undefined) {
      const over = { ...place, codeTable: undefined };
      const step = { place: over, shown: close };
      return shown[close] === "\n" ? [{ place: over, shown: close + 1 }, step] : [step];
    }

    const same = sameLength(rest, shown);
    if (same > 0) return go(same, same);

    // Tags, the closing token of a broken construct, and backslash escapes that not every client knows.
    const entity = /^&#(\d+);/.exec(shown);
    if (entity !== null) {
      const char = String.fromCodePoint(Number(entity[1]));
      if (rest.startsWith(char)) return go(char.length, entity[0].length);
      if ((char === "<" || char === "!") && rest.startsWith(`\\${char}`)) return go(2, entity[0].length);
    }
    // Images whose target is no image key are links, named by their target if they have no words.
    if (rest.startsWith("![") && shown.startsWith("[")) {
      const wordless = /^!\[\]\(([^\s)]*)/.exec(rest);
      if (wordless === null) return go(1, 0);
      const label = wordless[1] ?? "";
      return shown.startsWith(`[${label}](`) ? go(2, 1 + label.length) : [];
    }
    return shown.startsWith("\ufffd") && /^[\ud800-\udfff]/.test(rest) ? go(1, 1) : [];
  }
}

/** Characters that one step covers at most. */
const MAX_STEP = 4_000;

/** Characters between two cards at most: the text of cards that could not be made. */
const MAX_GAP = 8_000;

/** Places at which a card may begin, at most, in a text that repeats itself. */
const MAX_PLACES = 100;

/** Counts the characters that both texts share, up to a line end, where an adaptation may begin. */
function sameLength(source: string, shown: string): number {
  const most = Math.min(source.length, shown.length);
  let at = 0;
  while (at < most && source[at] === shown[at]) {
    // A line end may be the text's or the beginning of what closes a block, so it is a step of its own.
    if (shown[at] === "\n") return at === 0 ? 1 : at;
    at += 1;
  }
  return at;
}
