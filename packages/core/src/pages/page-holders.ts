import type { CardBlock } from "../contract/card-block.ts";
import { type BlockSize, type DriverProfile, NO_SIZE } from "../contract/card-driver.ts";

import type { TextPart } from "../run/run-part.ts";
import type { LanePlace } from "../view/lane-view.ts";
import type { RunView } from "../view/run-view.ts";
import { withSlack } from "./least-room.ts";
import { Holder, type Page } from "./page.ts";

interface Pages {
  readonly current: Page;
  turnPage(): void;
}

interface PageHoldersOptions {
  readonly profile: DriverProfile;
  readonly view: Pick<RunView, "drawReasoning">;
}

/** The key of what holds the lanes that stand beside each other. */
const ROW = "lanes";

/** The blocks of the current page that hold others: its lanes, and what was thought. */
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

  /** Lanes are there from the beginning, each with its head; beside each other, all of them or none. */
  open(lanes: readonly LanePlace[], isFirstPage: boolean): void {
    const hasColumns = this.#holders.has(ROW);
    for (const lane of lanes) {
      if (isFirstPage || (hasColumns && lane.head?.layout === "column")) this.of(lane);
    }
  }

  /** What holds a lane; may turn the page. */
  of({ key, head }: LanePlace): Holder {
    if (key === "") return this.#pages.current.root;
    const known = this.#holders.get(key);
    if (known !== undefined || head === undefined) return known ?? this.#pages.current.root;
    const size = withSlack(this.#profile.measure({ ...head, type: "lane", id: "lane-99" }));
    const page = this.#pages.current;
    if (!page.hasRoom(size) && !page.isEmpty) this.#pages.turnPage();
    const row = head.layout === "column" ? this.#row() : this.#pages.current.root;
    const id = this.#pages.current.newId("lane");
    return this.#add(key, { ...head, type: "lane", id, ...row.place }, row);
  }

  /** What holds a thought. */
  ofThought(text: TextPart, lane: LanePlace): Holder {
    const known = this.#holders.get(text);
    if (known !== undefined) return known;
    const holder = this.of(lane);
    const block = this.#view.drawReasoning(text, this.#pages.current.newId("reasoning"));
    return this.#add(text, { ...block, ...holder.place }, holder, text.order);
  }

  /** What has yet to be put around a thought. */
  sizeAround(text: TextPart): BlockSize {
    if (this.#holders.has(text)) return NO_SIZE;
    return withSlack(this.#profile.measure(this.#view.drawReasoning(text, "reasoning-99")));
  }

  /** What holds others may say something new in its title. */
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

  /** The page is left: what was going on goes on on the next one. */
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
    this.#pages.current.take(withSlack(this.#profile.measure(block)));
    parent.insert(holder);
    this.#holders.set(key, holder);
    return holder;
  }
}

function leftBehind(block: CardBlock | undefined): CardBlock | undefined {
  if (block?.type === "reasoning") return { ...block, isThinking: false };
  const isOpen = block?.type === "lane" && (block.state === "running" || block.state === "waiting");
  return isOpen ? { ...block, state: "continued" } : block;
}
