import type { CardBlock } from "../contract/card-block.ts";
import { type BlockSize, type DriverProfile, NO_SIZE } from "../contract/card-driver.ts";
import type { TextPart } from "../run/run-part.ts";
import type { LanePlace } from "../view/lane-view.ts";
import type { RunView } from "../view/run-view.ts";
import { Holder } from "./holder.ts";
import type { Page } from "./page.ts";
import { withSlack } from "./reserved-room.ts";

interface Pages {
  readonly current: Page;
  turnPage(): void;
}

interface PageHoldersOptions {
  readonly profile: DriverProfile;
  readonly view: Pick<RunView, "drawReasoning">;
}

/** Key of the holder of the lanes that stand beside each other. */
const ROW = "lanes";

/** Blocks of the current page that hold others: its lanes, and its panels of thoughts. */
export class PageHolders {
  readonly #pages: Pages;
  readonly #profile: DriverProfile;
  readonly #view: Pick<RunView, "drawReasoning">;
  readonly #holders = new Map<string | TextPart, Holder>();

  constructor(pages: Pages, { profile, view }: PageHoldersOptions) {
    this.#pages = pages;
    this.#profile = profile;
    this.#view = view;
  }

  /**
   * Opens lanes before they have content: all of them on the first page, later the columns where the page has one
   * already.
   */
  open(lanes: readonly LanePlace[], isFirstPage: boolean): void {
    const hasColumns = this.#holders.has(ROW);
    for (const lane of lanes) {
      if (isFirstPage || (hasColumns && lane.head?.layout === "column")) this.of(lane);
    }
  }

  /** Returns the holder of a lane, and makes it where the page has none. That may turn the page. */
  of({ key, head }: LanePlace): Holder {
    if (key === "") return this.#pages.current.root;
    const known = this.#holders.get(key);
    if (known !== undefined || head === undefined) return known ?? this.#pages.current.root;
    const size = withSlack(this.#profile.measure({ ...head, type: "lane", id: "lane-99" }));
    const page = this.#pages.current;
    if (!page.room.has(size) && !page.isEmpty) this.#pages.turnPage();
    const row = head.layout === "column" ? this.#row() : this.#pages.current.root;
    const id = this.#pages.current.newId("lane");
    return this.#add(key, { ...head, type: "lane", id, ...row.place }, row);
  }

  /** Returns the holder of a thought, and makes it where the page has none. That may turn the page. */
  ofThought(text: TextPart, lane: LanePlace): Holder {
    const known = this.#holders.get(text);
    if (known !== undefined) return known;
    const holder = this.of(lane);
    const block = this.#view.drawReasoning(text, this.#pages.current.newId("reasoning"));
    return this.#add(text, { ...block, ...holder.place }, holder, text.order);
  }

  /** Returns the size of the panel around a thought; no size where it stands on the page already. */
  sizeAround(text: TextPart): BlockSize {
    if (this.#holders.has(text)) return NO_SIZE;
    return withSlack(this.#profile.measure(this.#view.drawReasoning(text, "reasoning-99")));
  }

  /** Draws the titles of the holders anew, because they tell the state of the run. */
  refresh(lanes: readonly LanePlace[]): void {
    for (const [key, holder] of this.#holders) {
      const { block } = holder;
      if (block?.type === "reasoning" && typeof key !== "string") {
        const place = block.within === undefined ? {} : { within: block.within };
        holder.block = { ...this.#view.drawReasoning(key, block.id), ...place };
      } else if (block?.type === "lane") {
        const head = lanes.find((lane) => lane.key === key)?.head;
        if (head !== undefined) holder.block = { ...block, ...head };
      }
    }
  }

  /** Leaves the page. Lanes that go on say so. */
  leave(): void {
    for (const holder of this.#holders.values()) holder.block = leftBehind(holder.block);
    this.#holders.clear();
  }

  #row(): Holder {
    const known = this.#holders.get(ROW);
    if (known !== undefined) return known;
    const page = this.#pages.current;
    return this.#add(ROW, { type: "lanes", id: page.newId("lanes") }, page.root);
  }

  #add(key: string | TextPart, block: CardBlock, parent: Holder, order = Number.POSITIVE_INFINITY): Holder {
    const holder = new Holder(block, order);
    this.#pages.current.room.take(withSlack(this.#profile.measure(block)));
    parent.insert(holder);
    this.#holders.set(key, holder);
    return holder;
  }
}

/** Draws a holder on a page that was left. */
function leftBehind(block: CardBlock | undefined): CardBlock | undefined {
  if (block?.type === "reasoning") return { ...block, isThinking: false };
  const isOpen = block?.type === "lane" && (block.state === "running" || block.state === "waiting");
  return isOpen ? { ...block, state: "continued" } : block;
}
