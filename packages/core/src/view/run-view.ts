import type {
  CardBlock,
  CardStatus,
  LaneBlock,
  ReasoningBlock,
  SourcesBlock,
  StatusBlock,
  ToolBlock,
} from "../contract/card-block.ts";
import { type CardValue, cardValues, type DriverProfile, showsValue } from "../contract/card-driver.ts";
import type { CutPart } from "../contract/card-result.ts";
import type { RunEnd } from "../contract/run-end.ts";
import { addUsage } from "../run/add-usage.ts";
import type { TextPart, ToolCall } from "../run/run-part.ts";
import type { RunState } from "../run/run-state.ts";
import type { RunStop } from "../run/run-stop.ts";
import type { RunTimes } from "../run/run-times.ts";
import type { RunTracks } from "../run/run-tracks.ts";
import type { ResolvedBlockOptions, ToolOptions } from "./block-options.ts";
import { composeActions, composeEnd, composeFooter, composeSources } from "./foot-blocks.ts";
import type { LaneView } from "./lane-view.ts";
import { composeStatus, type ShownPartsOptions, shownParts } from "./shown-parts.ts";
import { composeSummary } from "./summary.ts";
import { toolBlock } from "./tool-block.ts";

/** Details of a hidden call that asks for approval: the input alone, because the decision is about it. */
const inputAlone: ToolOptions = { mask: (value, { part }) => (part === "input" ? value : undefined) };

/** Sources of a {@link RunView}. */
export interface RunViewParts {
  readonly options: ResolvedBlockOptions;
  readonly profile: DriverProfile;
  /** Runs on the card; their lanes grow while the card is open. */
  readonly tracks: RunTracks;
  readonly stopped: Pick<RunStop, "hasSignal">;
  readonly times: Pick<RunTimes, "firstTokenMs" | "runMs">;
}

/** Blocks that the cards of a run should show now, before they are put on pages. Notes in `cuts` what it had to cut. */
export class RunView {
  /** Kinds of parts that were cut so far. */
  readonly cuts: CutPart[] = [];
  readonly #parts: RunViewParts;
  readonly #shown: ShownPartsOptions;
  /** Kinds of content that the platform's cards have a place for. */
  readonly #values: ReadonlySet<CardValue>;
  /** Blocks of tool calls, kept because calls change seldom. */
  #tools: WeakMap<ToolCall, { readonly key: string; readonly block: ToolBlock }> | undefined;

  constructor(parts: RunViewParts) {
    this.#parts = parts;
    const { reasoning, tools, actions } = parts.options;
    this.#shown = {
      tools,
      actions,
      showsReasoning: reasoning !== "hide" && showsValue(parts.profile, "reasoning"),
      showsTools: tools !== undefined && showsValue(parts.profile, "tools"),
    };
    this.#values = new Set(cardValues.filter((value) => showsValue(parts.profile, value)));
  }

  /** Shown parts of the card's own run, then of each lane. */
  get lanes(): LaneView[] {
    const { root, lanes } = this.#parts.tracks;
    return [
      this.#laneOf("", root.state),
      ...lanes.map(({ name, title, layout, track }): LaneView => {
        const { durationMs } = track;
        const state: LaneBlock["state"] = track.end ?? (track.hasStarted ? "running" : "waiting");
        const head = { title, layout, state, ...(durationMs !== undefined && { durationMs }) };
        return { ...this.#laneOf(`lane ${name}`, track.state), head };
      }),
    ];
  }

  /** The run was stopped, so that the reader waits for the last write. */
  get isHurried(): boolean {
    return this.#end?.status === "stopped";
  }

  /** Line for the chat list; empty where there is no text. */
  get summary(): string {
    return this.#states.map(composeSummary).find((line) => line !== "") ?? "";
  }

  /** Tokens of all runs on the card together. */
  get usage(): RunState["usage"] {
    return totalOf(this.#states).usage;
  }

  /** Sources of all runs on the card, once the run has ended. */
  get sources(): SourcesBlock | undefined {
    const { options } = this.#parts;
    if (this.#end === undefined || !options.sources || !this.#values.has("sources")) return undefined;
    // A source that several runs share is named once.
    const links = new Map(this.#states.flatMap(({ sources }) => [...sources]));
    const block = composeSources([...links.values()]);
    if (block !== undefined && block.more > 0) this.#noteCut("sources");
    return block;
  }

  /** Status of the run; `undefined` while it goes on. */
  get endStatus(): CardStatus | undefined {
    const end = this.#end;
    return end === undefined ? undefined : composeEnd(end, this.#hasText, this.#parts.options.failureText);
  }

  /** Makes the blocks at the foot of the last card: status, footer, buttons. */
  foot(card: number): CardBlock[] {
    const { options, stopped, times } = this.#parts;
    const end = this.#end;
    const hasText = this.#hasText;
    const status = this.endStatus ?? this.#status();
    const line: StatusBlock[] = status === undefined ? [] : [{ type: "status", id: "status", status }];
    const footer =
      end !== undefined && this.#values.has("footer")
        ? composeFooter(options.footer, totalOf(this.#states), times)
        : undefined;
    const isStoppable = stopped.hasSignal;
    const actions = this.#values.has("actions")
      ? composeActions(options.actions, { card, end, hasText, isStoppable })
      : undefined;
    return [...line, ...(footer === undefined ? [] : [footer]), ...(actions === undefined ? [] : [actions])];
  }

  /** Makes the block of a tool call. */
  drawTool(tool: ToolCall, { id, card }: { id: string; card: number }): ToolBlock {
    const { options } = this.#parts;
    const isAsking = this.#end?.reason === "waiting" && options.actions.approve === true;
    const key = `${id} ${card} ${isAsking}`;
    const known = this.#tools?.get(tool);
    if (known?.key === key) return known.block;
    const block = toolBlock(tool, id, {
      options: options.tools ?? inputAlone,
      askOn: isAsking ? card : undefined,
      onCut: (part) => this.#noteCut(part),
    });
    this.#tools ??= new WeakMap();
    this.#tools.set(tool, { key, block });
    return block;
  }

  /** Makes the holder of reasoning. */
  drawReasoning({ startedAt, endedAt }: TextPart, id: string): ReasoningBlock {
    const isThinking = endedAt === undefined && this.#end === undefined;
    return {
      type: "reasoning",
      id,
      isThinking,
      isFolded: !isThinking && this.#parts.options.reasoning === "fold",
      ...(endedAt !== undefined && { durationMs: endedAt - startedAt }),
    };
  }

  #noteCut(part: CutPart): void {
    if (!this.cuts.includes(part)) this.cuts.push(part);
  }

  get #end(): RunEnd | undefined {
    return this.#parts.tracks.end;
  }

  get #hasText(): boolean {
    return this.#states.some(({ texts }) => texts.some(({ log }) => log.length > 0));
  }

  get #states(): RunState[] {
    return this.#parts.tracks.all.map(({ state }) => state);
  }

  #laneOf(key: string, state: RunState): LaneView {
    return {
      key,
      parts: shownParts(state, this.#shown),
      tool: ({ toolCallId }) => state.tools.get(toolCallId),
    };
  }

  /** Status while the run goes on. A card with lanes has none, because their headings tell it. */
  #status(): CardStatus | undefined {
    const { root, lanes } = this.#parts.tracks;
    return lanes.length > 0 && this.#values.has("lanes") ? undefined : composeStatus(root.state, this.#shown);
  }
}

/** Adds up the tokens of several runs, and names the model where all have the same. */
function totalOf(states: readonly RunState[]): Pick<RunState, "model" | "usage"> {
  const models = new Set(states.flatMap(({ model }) => model ?? []));
  return {
    model: models.size === 1 ? [...models][0] : undefined,
    usage: states.reduce<RunState["usage"]>((sum, { usage }) => addUsage(sum, usage), undefined),
  };
}
