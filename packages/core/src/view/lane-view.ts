import type { LaneBlock } from "../contract/card-block.ts";
import type { RunPart, ToolCall, ToolPart } from "../run/run-part.ts";

/** Place of a run's blocks on a card. */
export interface LanePlace {
  /** Key of the lane; empty for the card itself. */
  readonly key: string;
  /** Heading of the lane. */
  readonly head?: Omit<LaneBlock, "id" | "type" | "within">;
}

/** Shown parts of a run, or of one of several that share a card. */
export interface LaneView extends LanePlace {
  /** Parts in order. */
  readonly parts: readonly RunPart[];
  /** Looks up the state of a tool call. */
  readonly tool: (part: ToolPart) => ToolCall | undefined;
}
