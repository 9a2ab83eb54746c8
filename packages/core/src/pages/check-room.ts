import type { CardBlock, LaneBlock } from "../contract/card-block.ts";
import type { BlockSize, DriverProfile } from "../contract/card-driver.ts";
import { InvalidOptionError } from "../errors.ts";
import type { ResolvedBlockOptions } from "../view/block-options.ts";
import { CLOSING_BYTES } from "./page-room.ts";
import { footSize, MIN_TEXT_BYTES, TITLE_SLACK_BYTES, withSlack } from "./reserved-room.ts";

export interface RoomNeeds {
  readonly profile: DriverProfile;
  readonly options: ResolvedBlockOptions;
  /** Lanes that share the card. */
  readonly lanes?: readonly Pick<LaneBlock, "title" | "layout">[];
}

/**
 * Checks that any single block of a run fits on a page that has nothing else but its lanes.
 *
 * @throws {InvalidOptionError} when the card is too small.
 */
export function checkRoom({ profile, options, lanes = [] }: RoomNeeds): void {
  if (profile.structure === "slots") return;
  const heads = [
    ...lanes.map(({ title, layout }) =>
      withSlack(profile.measure({ type: "lane", id: "lane-99", title, layout, state: "running" })),
    ),
    ...(lanes.length > 0 ? [withSlack(profile.measure({ type: "lanes", id: "lanes-1" }))] : []),
  ];
  const largest = contents(options).map(({ blocks, more }) =>
    sum([...blocks.map((block) => profile.measure(block)), { bytes: more, elements: 0 }]),
  );
  const { bytes, elements } = sum([
    { bytes: profile.baseBytes, elements: profile.baseElements },
    footSize(profile, options),
    ...heads,
  ]);
  const minBytes = bytes + Math.max(...largest.map((size) => size.bytes)) + CLOSING_BYTES;
  const minElements = elements + Math.max(...largest.map((size) => size.elements));
  const { maxBytes, maxElements } = profile;
  if (minBytes <= maxBytes && minElements <= maxElements) return;
  const what = lanes.length > 0 ? `${lanes.length} lanes` : "what it is to show";
  throw new InvalidOptionError(
    `A card with ${what} needs limits of at least ${minBytes} bytes and ${minElements} elements, and has ${maxBytes} and ${maxElements}. Raise its limits, or show less.`,
  );
}

/** Bytes of a text that is worth a page. */
const TEXT_BYTES = 3 * MIN_TEXT_BYTES;

/** Title of the greatest length, of characters that take the most room once they are escaped. */
const TITLE = '"'.repeat(60);

/**
 * Lists the smallest groups of blocks that must stand on one page, each with the bytes of its text and later titles.
 */
function contents({
  reasoning,
  tools,
  actions,
}: ResolvedBlockOptions): { readonly blocks: CardBlock[]; readonly more: number }[] {
  const tool: CardBlock = { type: "tool", id: "tool-99", title: TITLE, status: "running" };
  const approval = { approvalId: "0".repeat(36), card: 9 };
  const asking: CardBlock = { ...tool, status: "waiting", approval };
  const count: CardBlock = { type: "tool-count", id: "tool-count-1", count: 99 };
  const thought: CardBlock = { type: "text", id: "thought-99", text: "", isReasoning: true };
  const panel: CardBlock = {
    type: "reasoning",
    id: "reasoning-99",
    isThinking: false,
    isFolded: true,
    durationMs: 0,
  };
  return [
    { blocks: [{ type: "text", id: "text-100", text: "" }], more: TEXT_BYTES },
    ...(reasoning === "hide" ? [] : [{ blocks: [panel, thought], more: TITLE_SLACK_BYTES + TEXT_BYTES }]),
    ...(tools === undefined ? [] : [{ blocks: [tool, count], more: TITLE_SLACK_BYTES }]),
    ...(actions.approve === true ? [{ blocks: [asking, count], more: TITLE_SLACK_BYTES }] : []),
  ];
}

function sum(sizes: readonly BlockSize[]): BlockSize {
  return sizes.reduce((total, { bytes, elements }) => ({
    bytes: total.bytes + bytes,
    elements: total.elements + elements,
  }));
}
