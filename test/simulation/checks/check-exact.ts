import type { CardSnapshot } from "@streamcard/emulator";
import { type OpenBlock, openBlocksOf } from "./open-blocks.ts";

/** Where in the run's text its cards may end, and what of it they leave out before. */
interface End {
  readonly at: number;
  readonly leftOut: string;
  /** What is repeated where something else goes on from here, because a block is open. */
  readonly reopen: string;
}

export interface Reach {
  /** More than one where a line end may be the text's or an adaptation's. */
  readonly ends: readonly End[];
  /** Where a card shows something else than the text goes on with. There are no ends then. */
  readonly trouble?: string;
}

/**
 * P1: the text of the cards, in order, is the text of the run, code point for code point.
 *
 * Reads what the platform holds and nothing else. The two texts are walked side by side; where they differ, the
 * difference has to be one of the adaptations that are promised, each of which is named here.
 *
 * @param says What is said elsewhere: nothing, what follows the cards, the rest, or also what cards in the middle leave
 * out. The last one looks for every place at which a card may begin, which takes its time where a text repeats itself.
 */
export function reachOf(
  cards: readonly CardSnapshot[],
  run: readonly string[],
  says: "nothing" | "what follows" | "the rest" | "what is left out",
): Reach {
  const walk = walkAlong(run);
  // Where a card ends inside a block, its last line end is the text's or the adaptation's: both are followed.
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
    places = reached.slice(0, MOST_PLACES);
  }
  return { ends: places.map((place) => ({ ...place, reopen: walk.reopening(place.at) })) };
}

/** Every run is read more than once; its blocks are looked for at most once. */
const walks = new WeakMap<readonly string[], Walk>();

function walkAlong(run: readonly string[]): Walk {
  const walk = walks.get(run) ?? new Walk(run);
  walks.set(run, walk);
  return walk;
}

/** What a card shows of the run's text: as Markdown, or where the platform refused that, as plain text. */
export function shownText({ elements }: CardSnapshot): string {
  return elements
    .filter(({ tag, elementId }) => ["markdown", "plain_text"].includes(tag) && isAnswer(elementId))
    .map(({ content }) => content ?? "")
    .join("");
}

/** The ids of everything else begin with `sc_`, where it has one. */
function isAnswer(elementId: string | undefined): boolean {
  return elementId?.startsWith("sc_") === false;
}

/** How far the walk has come, and the table that is shown as code there. */
interface Place extends Omit<End, "reopen"> {
  readonly codeTable?: OpenBlock | undefined;
}

interface Step {
  readonly place: Place;
  /** Length of what is shown for it. */
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

  /** Asked for last: most cards are read without, and finding them takes longer than all the rest. */
  get #openBlocks(): readonly OpenBlock[] {
    let offset = 0;
    this.#found ??= this.#blocks.flatMap((block) => {
      const found = openBlocksOf(block, offset);
      offset += block.length;
      return found;
    });
    return this.#found;
  }

  /** Walks along one card. @returns the places where it may have ended; none where it shows what it may not. */
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

  /** Walks along a card that begins further on. */
  cardLater(text: string, from: Place): Place[] {
    const reached: Place[] = [];
    const last = Math.min(this.source.length, from.at + LONGEST_GAP);
    for (let at = from.at + 1; at <= last && reached.length < MOST_PLACES; at += 1) {
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

  /** What stands at the beginning of whatever goes on from here. */
  reopening(at: number): string {
    if (at === 0 || at === this.source.length) return "";
    return this.#openBlocks.find(({ from, to }) => from < at && at < to)?.reopen ?? "";
  }

  /** Length of what a card repeats at its beginning so that an open block goes on. */
  #reopened(text: string, { at, codeTable }: Place): number {
    if (codeTable !== undefined && text.startsWith("```\n")) return 4;
    const reopen = this.reopening(at);
    return text.startsWith(reopen) ? reopen.length : 0;
  }

  /** Whether the rest of the card closes the block that the next card goes on with. */
  #closes(shown: string, { at, codeTable }: Place): boolean {
    if (!/^\n?(?:> )*(?:`{3,}|~{3,})$/.test(shown)) return false;
    const region = this.#openBlocks.find(({ from, to }) => from < at && at <= to);
    return codeTable !== undefined || region?.close.test(shown) === true;
  }

  /** The steps that can be taken from a place: none, one, or two where a line end may belong to either side. */
  #steps(shown: string, place: Place): Step[] {
    const { at, codeTable } = place;
    const rest = this.source.slice(at, at + LONGEST_STEP);
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

/** Characters looked at in one step. */
const LONGEST_STEP = 4_000;

/** Characters that cards which could not be made leave out, at most. */
const LONGEST_GAP = 8_000;

/** Where a text repeats itself, a card may begin in many places. */
const MOST_PLACES = 100;

/** Both texts are equal for this long. Stops at line ends, where an adaptation may begin. */
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
