import type { CardBlock, SourcesBlock, ToolBlock } from "../contract/card-block.ts";
import type { CardValue, DriverProfile } from "../contract/card-driver.ts";
import { showsValue } from "../contract/card-driver.ts";
import type { RunPart, TextPart, ToolPart } from "../run/run-part.ts";
import { isOver } from "../run/tool-call.ts";
import type { LaneView } from "../view/lane-view.ts";
import type { RunView } from "../view/run-view.ts";

/** Tool calls that are shown one by one where the profile names no number. Earlier calls are counted. */
const MAX_TOOLS = 20;

export interface SlotValuesOptions {
  readonly profile: DriverProfile;
  readonly view: Pick<RunView, "drawTool" | "drawReasoning">;
}

/** Named values beside the text of the newest card with slots: reasoning, tool calls, sources. */
export class SlotValues {
  sources: SourcesBlock | undefined;
  readonly #options: SlotValuesOptions;
  /** Ids of the calls on this card, in order of their first appearance. */
  readonly #toolIds = new Map<ToolPart, string>();
  /** Thoughts and calls that ended before their card was left, and stay there. */
  readonly #leftBehind = new Set<RunPart>();

  constructor(options: SlotValuesOptions) {
    this.#options = options;
  }

  /** Draws the values. @param cardIndex Index of the card, for its buttons. */
  blocks(lanes: readonly LaneView[], cardIndex: number): CardBlock[] {
    return [
      ...(this.#shows("reasoning") ? this.#reasoning(lanes) : []),
      ...(this.#shows("tools") ? this.#tools(lanes, cardIndex) : []),
      ...(this.sources !== undefined && this.#shows("sources") ? [this.sources] : []),
    ];
  }

  /** Leaves the card: thoughts and calls that are over stay there, the others are shown on the next one, too. */
  leave(lanes: readonly LaneView[]): void {
    for (const lane of lanes) {
      for (const part of lane.parts) {
        const tool = part.type === "tool" ? lane.tool(part) : undefined;
        const isEnded = tool === undefined ? part.type === "reasoning" && part.isEnded : isOver(tool);
        if (isEnded) this.#leftBehind.add(part);
      }
    }
    this.#toolIds.clear();
  }

  #shows(value: CardValue): boolean {
    return showsValue(this.#options.profile, value);
  }

  #partsOf(lanes: readonly LaneView[]): { readonly lane: LaneView; readonly part: RunPart }[] {
    return lanes.flatMap((lane) =>
      lane.parts.flatMap((part) => (this.#leftBehind.has(part) ? [] : [{ lane, part }])),
    );
  }

  /** Draws one panel for all thoughts, with the state of the newest thought. */
  #reasoning(lanes: readonly LaneView[]): CardBlock[] {
    const thoughts = this.#partsOf(lanes).flatMap(({ part }): TextPart[] =>
      part.type === "reasoning" ? [part] : [],
    );
    const last = thoughts.at(-1);
    const text = thoughts.map(({ log }) => log.toString()).join("\n\n");
    if (last === undefined || text.trim() === "") return [];
    const panel = this.#options.view.drawReasoning(last, "reasoning-1");
    return [panel, { type: "text", id: "thought-1", text, isReasoning: true, within: panel.id }];
  }

  #tools(lanes: readonly LaneView[], cardIndex: number): CardBlock[] {
    const { view, profile } = this.#options;
    const calls = this.#partsOf(lanes).flatMap(({ lane, part }): ToolBlock[] => {
      const call = part.type === "tool" ? lane.tool(part) : undefined;
      if (call === undefined || part.type !== "tool") return [];
      const id = this.#toolIds.get(part) ?? `tool-${this.#toolIds.size + 1}`;
      this.#toolIds.set(part, id);
      return [view.drawTool(call, { id, card: cardIndex })];
    });
    const earlier = calls.length - (profile.maxTools ?? MAX_TOOLS);
    if (earlier <= 0) return calls;
    return [{ type: "tool-count", id: "tool-count-1", count: earlier }, ...calls.slice(earlier)];
  }
}
