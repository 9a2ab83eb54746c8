import type { CardBlock, LaneBlock } from "../contract/card-block.ts";
import type { BlockSize, DriverProfile } from "../contract/card-driver.ts";
import { InvalidOptionError } from "../errors.ts";
import type { ResolvedBlockOptions } from "../view/block-options.ts";
import { possibleFoot } from "../view/foot-blocks.ts";
import { CLOSING_BYTES } from "./page.ts";

/** A title may become so much longer. */
const HEAD_SLACK_BYTES = 160;

/** Rather than less text than this, a page of its own. */
export const MIN_TEXT_BYTES = 64;

/** What a block takes that has a title, which says more later than now. */
export function withSlack({ bytes, elements }: BlockSize): BlockSize {
  return { bytes: bytes + HEAD_SLACK_BYTES, elements };
}

/** Room that is kept for what may come to stand at the foot of a card. */
export function footSize(profile: DriverProfile, options: ResolvedBlockOptions): BlockSize {
  let [bytes, elements] = [0, 0];
  for (const alternatives of possibleFoot(options)) {
    const sizes = alternatives.map((block) => profile.measure(block));
    bytes += Math.max(0, ...sizes.map((size) => size.bytes));
    elements += Math.max(0, ...sizes.map((size) => size.elements));
  }
  return { bytes, elements };
}

export interface RoomNeeds {
  readonly profile: DriverProfile;
  readonly options: ResolvedBlockOptions;
  /** That share the card. */
  readonly lanes?: readonly Pick<LaneBlock, "title" | "layout">[];
}

/**
 * Whatever a run says has to fit on a page that has nothing else but its lanes.
 *
 * @throws {InvalidOptionError} where the card is too small for what it is to show.
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
  const leastBytes = bytes + Math.max(...largest.map((size) => size.bytes)) + CLOSING_BYTES;
  const leastElements = elements + Math.max(...largest.map((size) => size.elements));
  const { maxBytes, maxElements } = profile;
  if (leastBytes <= maxBytes && leastElements <= maxElements) return;
  const what = lanes.length > 0 ? `${lanes.length} lanes` : "what it is to show";
  throw new InvalidOptionError(
    `A card with ${what} needs limits of at least ${leastBytes} bytes and ${leastElements} elements, and has ${maxBytes} and ${maxElements}. Raise its limits, or show less.`,
  );
}

/** Some text. */
const TEXT_BYTES = 3 * MIN_TEXT_BYTES;

/** The longest, of what takes the most room. */
const TITLE = '"'.repeat(60);

/** The least that stands on a page together, of each kind, and the bytes that come to it. */
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
    ...(reasoning === "hide" ? [] : [{ blocks: [panel, thought], more: HEAD_SLACK_BYTES + TEXT_BYTES }]),
    ...(tools === undefined ? [] : [{ blocks: [tool, count], more: HEAD_SLACK_BYTES }]),
    ...(actions.approve === true ? [{ blocks: [asking, count], more: HEAD_SLACK_BYTES }] : []),
  ];
}

function sum(sizes: readonly BlockSize[]): BlockSize {
  return sizes.reduce((total, { bytes, elements }) => ({
    bytes: total.bytes + bytes,
    elements: total.elements + elements,
  }));
}
