import type { ToolBlock, ToolCountBlock } from "../contract/card-block.ts";
import type { BlockSize, DriverProfile } from "../contract/card-driver.ts";
import type { ToolCall, ToolPart } from "../run/run-part.ts";
import { isOver } from "../run/tool-call.ts";
import type { Holder, PlacedBlock } from "./holder.ts";
import type { Page } from "./page.ts";
import { withSlack } from "./reserved-room.ts";

/** Largest share of a page that tool calls take. Beyond it, the oldest are folded into a count. */
const MAX_SHARE = 0.5;

/** Calls on a page that have a line of their own where the profile names no number. */
const MAX_ROWS = 20;

/** Bytes reserved for a longer count. */
const COUNT_SLACK_BYTES = 20;

interface Row {
  readonly part: ToolPart;
  readonly holder: Holder;
  readonly entry: PlacedBlock & { block: ToolBlock };
  tool: ToolCall;
}

/** Form in which a call is drawn: in full, or as a line. */
interface CallForm {
  readonly block: ToolBlock;
  readonly size: BlockSize;
}

/** Tool calls on one page. Newer calls take the room of older ones: first of their details, then of their lines. */
export class ToolRows {
  readonly #page: Page;
  readonly #profile: DriverProfile;
  readonly #draw: (tool: ToolCall, id: string) => ToolBlock;
  readonly #rows: Row[] = [];
  readonly #counts = new Map<Holder, PlacedBlock & { block: ToolCountBlock }>();
  /** Calls that are only counted, by part, because runs that share a card may use the same ids. */
  readonly #counted = new Set<ToolPart>();
  /**
   * Forms of calls that were measured, because a call is put again whenever anything changes, and drawn anew seldom.
   */
  readonly #forms = new WeakMap<ToolBlock, readonly CallForm[]>();

  constructor(page: Page, profile: DriverProfile, draw: (tool: ToolCall, id: string) => ToolBlock) {
    this.#page = page;
    this.#profile = profile;
    this.#draw = draw;
  }

  get #maxRows(): number {
    return this.#profile.maxTools ?? MAX_ROWS;
  }

  /** Tells if a call is shown or counted here. */
  has(part: ToolPart): boolean {
    return this.#rows.some((row) => row.part === part) || this.#counted.has(part);
  }

  /** Shows a call as it is now. @returns false where the page has no room for another one. */
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
    for (const { block: form, size } of this.#formsOf(block)) {
      while (!this.#isWithinShare(size) && this.#shrink()) {}
      if (form === block && !this.#isWithinShare(size)) continue;
      if (!this.#page.room.has(size) && !this.#page.isEmpty) continue;
      const entry = { id: block.id, order: part.order, block: { ...form, ...holder.place }, size };
      this.#page.room.take(size);
      holder.insert(entry);
      this.#rows.push({ part, tool, holder, entry });
      return true;
    }
    return false;
  }

  /** Leaves the page, and takes away the calls that go on. @returns those calls, to be shown on the next page. */
  leave(): ToolPart[] {
    const open = this.#rows.filter(({ tool }) => !isOver(tool));
    for (const row of open) this.#drop(row);
    return open.map(({ part }) => part);
  }

  #change(row: Row, tool: ToolCall): void {
    const { entry } = row;
    const block = this.#draw(tool, entry.id);
    row.tool = tool;
    for (const { block: form, size } of this.#formsOf(block)) {
      while (!this.#isWithinShare(size, row) && this.#shrink(row)) {}
      const fits = this.#isWithinShare(size, row) && this.#page.room.has(size, entry.size);
      if (form === block && !fits) continue;
      this.#resize(row, form, size);
      return;
    }
  }

  #resize({ entry, holder }: Row, block: ToolBlock, size: BlockSize): void {
    this.#page.room.giveBack(entry.size);
    this.#page.room.take(size);
    entry.block = { ...block, ...holder.place };
    entry.size = size;
  }

  /**
   * Frees room by folding the details of the oldest call that has ended, or its line.
   *
   * @returns false where no call can be folded.
   */
  #shrink(except?: Row): boolean {
    const others = this.#rows.filter((row) => row !== except);
    const ended = others.filter(({ tool }) => isOver(tool));
    const isCrowded = this.#rows.length >= this.#maxRows;
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

  /** Counts a call instead of showing it. @returns false where there is no call. */
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

  /** Tells if a call fits into the share of the page for calls. @param instead Call whose place it takes. */
  #isWithinShare(size: BlockSize, instead?: Row): boolean {
    const { maxBytes, maxElements, baseBytes, baseElements } = this.#profile;
    const others = this.#rows.filter((row) => row !== instead).map(({ entry }) => entry.size);
    const bytes = others.reduce((sum, other) => sum + other.bytes, size.bytes);
    const elements = others.reduce((sum, other) => sum + other.elements, size.elements);
    return (
      others.length < this.#maxRows &&
      bytes <= (maxBytes - baseBytes) * MAX_SHARE &&
      elements <= (maxElements - baseElements) * MAX_SHARE
    );
  }

  /** Returns the forms of a call: in full, then as a line. */
  #formsOf(block: ToolBlock): readonly CallForm[] {
    const known = this.#forms.get(block);
    if (known !== undefined) return known;
    const forms = [block, lineOf(block)].map((form) => ({ block: form, size: this.#sizeOf(form) }));
    this.#forms.set(block, forms);
    return forms;
  }

  #sizeOf(block: ToolBlock | ToolCountBlock): BlockSize {
    const { bytes, elements } = this.#profile.measure(block);
    if (block.type === "tool-count") return { bytes: bytes + COUNT_SLACK_BYTES, elements };
    // A line becomes longer, by the call's state and duration.
    const line = withSlack(this.#profile.measure(lineOf(block)));
    return { bytes: Math.max(bytes, line.bytes), elements: Math.max(elements, line.elements) };
  }
}

/** Leaves out the details of a call, but not the buttons of one that asks for a decision. */
function lineOf({ input: _input, output: _output, ...line }: ToolBlock): ToolBlock {
  return line;
}
