import { applyChanges, type BlockChange, diffBlocks } from "../contract/block-change.ts";
import { type CardBlock, hasText, isEmptyText, type TextBlock } from "../contract/card-block.ts";
import type { CardWrite, DriverProfile } from "../contract/card-driver.ts";
import { plainHead } from "./plain-head.ts";

/** Blocks of a card that the platform acknowledged. */
export interface Shown {
  /** Blocks as they were acknowledged last. */
  readonly blocks: readonly CardBlock[];
  /** False when a write may have been applied since, or when the card turned out to differ. */
  readonly isCertain: boolean;
  /** Ids of the text blocks that were written, the one that has waited longest first. */
  readonly written: readonly string[];
  /** Writes since the last one that changed the structure. */
  readonly sinceStructure: number;
}

export function initiallyShown(blocks: readonly CardBlock[]): Shown {
  return { blocks, isCertain: true, written: [], sinceStructure: 0 };
}

/**
 * Characters that a new text block comes with. Its element has to carry some text to be there at all. The rest follows
 * in text writes, because clients type out only those.
 */
const FIRST_CHARACTERS = 6;

/** Characters that a new text block comes with at most, where text comes faster than clients type. */
const MAX_FIRST_CHARACTERS = 24;

/** Characters that a client types until the next write. */
const TYPED_CHARACTERS = 16;

/**
 * Text writes between two changes of the structure while text waits: the structure takes at most every third
 * operation.
 */
const TEXTS_BETWEEN_STRUCTURE = 2;

export interface ReconcileOptions extends Pick<DriverProfile, "text"> {
  /** Only growth of texts is written, because changes of the structure have failed and are to wait. */
  readonly isTextOnly?: boolean;
}

/**
 * Returns the next single operation on the way from the blocks that are shown to those that are wanted; `undefined`
 * where none is needed.
 *
 * Nothing else decides about the content of a write: merged deltas, recovery after a failure and a second platform
 * follow from it.
 */
export function reconcile(
  shown: Shown,
  wanted: readonly CardBlock[],
  { text: typing, isTextOnly = false }: ReconcileOptions,
): CardWrite | undefined {
  if (!shown.isCertain) return { type: "replace", blocks: wanted };
  const changes = diffBlocks(shown.blocks, wanted);
  // Texts without a character come along with other changes.
  if (changes.every(isEmptyInsert)) return undefined;
  const texts = changes.filter(isOfText);
  const begun = texts.filter(({ block }) => shownLength(shown, block.id) === 0);
  const waiting = longestWaiting(shown, changes);
  if (isTextOnly) return waiting && { type: "text", block: waiting };

  // A single new text can wait until all but a few characters of the one before it are typed. More than one new text
  // means that the card lags behind.
  const isTyped = typing === "prefix";
  const newTexts = begun.filter(({ type }) => type === "insert");
  const grown = grownBy(shown, changes);
  // A client has typed each of them before the next write.
  const isSlow = newTexts.every(({ block }) => block.text.length <= TYPED_CHARACTERS);
  const isTypedOut = waiting === undefined || (grown < FIRST_CHARACTERS && isSlow);
  const isBehind = begun.length > 1 || (!isTyped && texts.length > 1);
  const structure = (those: readonly BlockChange[], atOnce: number): CardWrite => ({
    type: "structure",
    changes: isTyped ? withShortHead(those, { begun, wanted, grown: atOnce }) : those,
  });
  if (isBehind || (newTexts.length === 1 && isTypedOut)) return structure(changes, isTypedOut ? grown : 0);
  const isDue = shown.sinceStructure >= TEXTS_BETWEEN_STRUCTURE;
  if (waiting !== undefined && !isDue) return { type: "text", block: waiting };
  // A new text, and the blocks behind it, wait for the text before it, but not for a text that is typed in another
  // lane.
  const [newText] = newTexts;
  const isNext =
    newText !== undefined &&
    changes.some((change) => isTextUpdate(change) && laneOf(change, wanted) === laneOf(newText, wanted));
  const rest = changes.filter((change) => !isTextUpdate(change));
  if (waiting !== undefined && (isNext || rest.every(isEmptyInsert))) return { type: "text", block: waiting };
  return structure(rest, 0);
}

type TextChange = Exclude<BlockChange, { type: "remove" }> & { readonly block: TextBlock };

function isOfText(change: BlockChange): change is TextChange {
  return change.type !== "remove" && hasText(change.block);
}

/** Returns the id of the lane that a block is in, at whatever depth; `undefined` where it is in none. */
function laneOf(change: BlockChange, blocks: readonly CardBlock[]): string | undefined {
  let block = change.type === "remove" ? undefined : change.block;
  while (block !== undefined && block.type !== "lane") {
    const { within } = block;
    block = blocks.find(({ id }) => id === within);
  }
  return block?.id;
}

/** Tells if a change adds a text without a character, which is worth no write of its own. */
function isEmptyInsert(change: BlockChange): boolean {
  return change.type === "insert" && isEmptyText(change.block);
}

/** Counts the characters by which the texts that are shown have grown. */
function grownBy(shown: Shown, changes: readonly BlockChange[]): number {
  let characters = 0;
  for (const change of changes) {
    if (change.type !== "update" || change.block.type !== "text") continue;
    characters += change.block.text.length - shownLength(shown, change.block.id);
  }
  return characters;
}

/** Growth of the last text, in characters, that may appear at once. More is typed out. */
const MAX_SUDDEN_CHARACTERS = 6;

/** Growth of the last text, in characters, beyond which typing it would take too long. */
const MAX_LAST_CHARACTERS = 240;

/**
 * Returns a write of the end of the text, to be sent before the write that finalizes, so that the end is typed out,
 * too; `undefined` where that is not worth a write.
 */
export function lastTyped(shown: Shown, wanted: readonly CardBlock[]): CardWrite | undefined {
  if (!shown.isCertain) return undefined;
  const texts = diffBlocks(shown.blocks, wanted).filter(
    (change) => change.type !== "remove" && change.block.type === "text",
  );
  const [change] = texts;
  if (texts.length !== 1 || change?.type !== "update" || change.block.type !== "text") return undefined;
  const { block } = change;
  const length = block.text.length - shownLength(shown, block.id);
  const isWorthIt = length > MAX_SUDDEN_CHARACTERS && length <= MAX_LAST_CHARACTERS;
  return isWorthIt ? { type: "text", block } : undefined;
}

/** Makes the write that finalizes a card. */
export function finalWrite(
  shown: Shown,
  wanted: readonly CardBlock[],
  summary: string,
  how: "changes" | "close" | "replace",
): CardWrite {
  const changes = shown.isCertain ? diffBlocks(shown.blocks, wanted) : [];
  const rung = how === "changes" && !shown.isCertain ? "replace" : how;
  return { type: "finalize", how: rung, blocks: wanted, changes, summary };
}

/** Returns the length of a text block as it is shown, in UTF-16 units. */
export function shownLength({ blocks }: Pick<Shown, "blocks">, id: string): number {
  const known = blocks.find((block) => block.id === id);
  return known?.type === "text" ? known.text.length : 0;
}

/** Returns the blocks that are shown after the platform acknowledged a write. */
export function afterWrite(shown: Shown, write: CardWrite): Shown {
  if (write.type === "text") {
    const { id } = write.block;
    const blocks = shown.blocks.map((block) => (block.id === id ? write.block : block));
    const written = withLast(shown.written, [id]);
    return { ...shown, blocks, written, sinceStructure: shown.sinceStructure + 1 };
  }
  const changed = { ...shown, sinceStructure: 0 };
  if (write.type === "structure") {
    const texts = write.changes.flatMap((change) =>
      change.type !== "remove" && change.block.type === "text" ? [change.block.id] : [],
    );
    const blocks = applyChanges(shown.blocks, write.changes);
    return { ...changed, blocks, written: withLast(shown.written, texts) };
  }
  const keepsShown = write.type === "finalize" && write.how === "close";
  return keepsShown ? changed : { ...changed, blocks: write.blocks, isCertain: true };
}

/**
 * Marks the blocks as uncertain, after a write that may have been applied, or a refusal of a write that should have
 * fitted.
 */
export function afterUnknown(shown: Shown): Shown {
  return { ...shown, isCertain: false };
}

function withLast(written: readonly string[], ids: readonly string[]): readonly string[] {
  return written.filter((id) => !ids.includes(id)).concat(ids);
}

function isTextUpdate(change: BlockChange): boolean {
  return change.type === "update" && change.block.type === "text";
}

/** Finds the text block that has grown and has waited longest for a write. */
function longestWaiting(shown: Shown, changes: readonly BlockChange[]): TextBlock | undefined {
  let longest: TextBlock | undefined;
  let since = Number.POSITIVE_INFINITY;
  for (const change of changes) {
    if (change.type !== "update" || change.block.type !== "text") continue;
    // A text that has stood empty comes after the texts before it.
    const isEmpty = shownLength(shown, change.block.id) === 0;
    const place = isEmpty ? shown.written.length : shown.written.indexOf(change.block.id);
    if (place >= since) continue;
    since = place;
    longest = change.block;
  }
  return longest;
}

/** Shortens texts that begin and are still growing to their first characters. */
function withShortHead(
  changes: readonly BlockChange[],
  { begun, wanted, grown }: { begun: readonly BlockChange[]; wanted: readonly CardBlock[]; grown: number },
): BlockChange[] {
  const last = wanted.findLast(hasText);
  return changes.map((change) => {
    if (!isOfText(change) || !begun.includes(change)) return change;
    const growing = change.block;
    if (growing !== last && growing.isOpen !== true) return change;
    const excess = growing.text.length - TYPED_CHARACTERS;
    // Text added to the block before appears in the same write, so it counts.
    const length = Math.min(Math.max(excess, FIRST_CHARACTERS - grown), MAX_FIRST_CHARACTERS - grown);
    // Half of a second line could turn the first one into something else: a heading, a table.
    const [line = ""] = growing.text.slice(0, length * 2).split("\n");
    const head = plainHead(line, length);
    // A block that is blank would not be there for the reader.
    return head.trim() === "" ? change : { ...change, block: { ...growing, text: head } };
  });
}
