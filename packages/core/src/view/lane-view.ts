import type { CardBlock, LaneBlock } from "../contract/card-block.ts";
import type { RunPart, ToolCall, ToolPart } from "../run/run-part.ts";

/** Where the texts of a run go on a page. */
export interface LanePlace {
  /** Empty for what belongs to no lane. */
  readonly key: string;
  /** Heads the lane. */
  readonly head?: Omit<LaneBlock, "id" | "type" | "within">;
}

/** A run, or one of several that share a card. */
export interface LaneView extends LanePlace {
  readonly parts: readonly RunPart[];
  readonly tool: (part: ToolPart) => ToolCall | undefined;
}
