import type { ToolBlock, ToolCountBlock } from "../contract/card-block.ts";
import type { BlockSize, DriverProfile } from "../contract/card-driver.ts";
import type { ToolCall, ToolPart } from "../run/run-part.ts";
import { isOver } from "../run/tool-call.ts";
import type { Holder, PlacedBlock } from "./holder.ts";
import type { Page } from "./page.ts";
import { withSlack } from "./reserved-room.ts";

/** Of a page, tool calls take at most this share; with more of them the oldest are folded into a count. */
const SHARE = 0.5;
const MOST_ROWS = 20;

/** A count may become so much longer. */
const COUNT_SLACK_BYTES = 20;

interface Row {
  readonly part: ToolPart;
  readonly holder: Holder;
  readonly entry: PlacedBlock & { block: ToolBlock };
  tool: ToolCall;
}

interface Drawn {
  readonly block: ToolBlock;
  readonly size: BlockSize;
}

/** The tool calls on one page: newer ones take the room of older ones, first of their details, then of their lines. */
export class ToolRows {
  readonly #page: Page;
  readonly #profile: DriverProfile;
  readonly #draw: (tool: ToolCall, id: string) => ToolBlock;
  readonly #rows: Row[] = [];
  readonly #counts = new Map<Holder, PlacedBlock & { block: ToolCountBlock }>();
  /** The calls that are only counted. Runs that share a card may use the same ids. */
  readonly #counted = new Set<ToolPart>();
  /** What drawn calls take: they are drawn again seldom, and put again whenever anything changes. */
  readonly #drawn = new WeakMap<ToolBlock, readonly Drawn[]>();

  constructor(page: Page, profile: DriverProfile, draw: (tool: ToolCall, id: string) => ToolBlock) {
    this.#page = page;
    this.#profile = profile;
    this.#draw = draw;
  }

  get #mostRows(): number {
    return this.#profile.maxTools ?? MOST_ROWS;
  }

  has(part: ToolPart): boolean {
    return this.#rows.some((row) => row.part === part) || this.#counted.has(part);
  }

  /** Shows a call, or what has become of it. @returns false where the page has no room for another one. */
  put(part: ToolPart, tool: ToolCall, holder: Holder): boolean {
    if (this.#counted.has(part)) return true;
    const row = this.#rows.find((other) => other.part === part);
    if (row !== undefined) {
      this.#change(row, tool);
      return true;
    }
    const block = this.#draw(tool, this.#page.newId("tool"));
    for (;;) {
      if (this.#tryPut(part, { tool, holder, block })) return true;
      // With text on the page the next one has more room; with calls alone it would have no more.
      if (this.#page.slices.length > 0 || !this.#fold(this.#rows[0])) return false;
    }
  }

  #tryPut(
    part: ToolPart,
    { tool, holder, block }: { tool: ToolCall; holder: Holder; block: ToolBlock },
  ): boolean {
    for (const { block: drawn, size } of this.#ways(block)) {
      while (!this.#isWithinShare(size) && this.#shrink()) {}
      if (drawn === block && !this.#isWithinShare(size)) continue;
      if (!this.#page.room.has(size) && !this.#page.isEmpty) continue;
      const entry = { id: block.id, order: part.order, block: { ...drawn, ...holder.place }, size };
      this.#page.room.take(size);
      holder.insert(entry);
      this.#rows.push({ part, tool, holder, entry });
      return true;
    }
    return false;
  }

  /** The page is left. @returns the calls that go on, to be shown on the next one. */
  leave(): ToolPart[] {
    const open = this.#rows.filter(({ tool }) => !isOver(tool));
    for (const row of open) this.#drop(row);
    return open.map(({ part }) => part);
  }

  #change(row: Row, tool: ToolCall): void {
    const { entry } = row;
    const block = this.#draw(tool, entry.id);
    row.tool = tool;
    for (const { block: drawn, size } of this.#ways(block)) {
      while (!this.#isWithinShare(size, row) && this.#shrink(row)) {}
      const fits = this.#isWithinShare(size, row) && this.#page.room.has(size, entry.size);
      if (drawn === block && !fits) continue;
      this.#resize(row, drawn, size);
      return;
    }
  }

  #resize({ entry, holder }: Row, block: ToolBlock, size: BlockSize): void {
    this.#page.room.giveBack(entry.size);
    this.#page.room.take(size);
    entry.block = { ...block, ...holder.place };
    entry.size = size;
  }

  /** Frees room: the details of the oldest call that has ended, or its line. @returns false where there is none. */
  #shrink(except?: Row): boolean {
    const others = this.#rows.filter((row) => row !== except);
    const ended = others.filter(({ tool }) => isOver(tool));
    const isCrowded = this.#rows.length >= this.#mostRows;
    const detailed = ended.find(
      ({ entry: { block } }) => block.input !== undefined || block.output !== undefined,
    );
    if (detailed !== undefined && !isCrowded) {
      const line = lineOf(detailed.entry.block);
      this.#resize(detailed, line, this.#sizeOf(line));
      return true;
    }
    return this.#fold(ended[0] ?? (isCrowded ? others[0] : undefined));
  }

  /** Counts a call instead of showing it. */
  #fold(row: Row | undefined): boolean {
    if (row === undefined) return false;
    this.#drop(row);
    this.#counted.add(row.part);
    this.#count(row);
    return true;
  }

  #count({ holder, entry: { order } }: Row): void {
    const known = this.#counts.get(holder);
    if (known !== undefined) {
      known.block = { ...known.block, count: known.block.count + 1 };
      return;
    }
    const id = this.#page.newId("tool-count");
    const block: ToolCountBlock = { type: "tool-count", id, count: 1, ...holder.place };
    const size = this.#sizeOf(block);
    const placed = { id, order, block, size };
    this.#page.room.take(size);
    holder.insert(placed);
    this.#counts.set(holder, placed);
  }

  #drop(row: Row): void {
    this.#rows.splice(this.#rows.indexOf(row), 1);
    row.holder.remove(row.entry);
    this.#page.room.giveBack(row.entry.size);
  }

  /** @param instead The call that it takes the place of. */
  #isWithinShare(size: BlockSize, instead?: Row): boolean {
    const { maxBytes, maxElements, baseBytes, baseElements } = this.#profile;
    const others = this.#rows.filter((row) => row !== instead).map(({ entry }) => entry.size);
    const bytes = others.reduce((sum, other) => sum + other.bytes, size.bytes);
    const elements = others.reduce((sum, other) => sum + other.elements, size.elements);
    return (
      others.length < this.#mostRows &&
      bytes <= (maxBytes - baseBytes) * SHARE &&
      elements <= (maxElements - baseElements) * SHARE
    );
  }

  /** A call in full, and as a line. */
  #ways(block: ToolBlock): readonly Drawn[] {
    const known = this.#drawn.get(block);
    if (known !== undefined) return known;
    const ways = [block, lineOf(block)].map((drawn) => ({ block: drawn, size: this.#sizeOf(drawn) }));
    this.#drawn.set(block, ways);
    return ways;
  }

  #sizeOf(block: ToolBlock | ToolCountBlock): BlockSize {
    const { bytes, elements } = this.#profile.measure(block);
    if (block.type === "tool-count") return { bytes: bytes + COUNT_SLACK_BYTES, elements };
    // A line says more later than now, by the call's state and duration.
    const line = withSlack(this.#profile.measure(lineOf(block)));
    return { bytes: Math.max(bytes, line.bytes), elements: Math.max(elements, line.elements) };
  }
}

/** A call without its details. What asks for a decision keeps its buttons. */
function lineOf({ input: _input, output: _output, ...line }: ToolBlock): ToolBlock {
  return line;
}
