import type {
  CardBlock,
  CardStatus,
  LaneBlock,
  ReasoningBlock,
  SourcesBlock,
  StatusBlock,
  ToolBlock,
} from "../contract/card-block.ts";
import type { DriverProfile } from "../contract/card-driver.ts";
import type { CutPart } from "../contract/card-result.ts";
import type { RunEnd } from "../contract/run-end.ts";
import { addUsage } from "../run/add-usage.ts";
import type { TextPart, ToolCall } from "../run/run-part.ts";
import type { RunState } from "../run/run-state.ts";
import type { RunStop } from "../run/run-stop.ts";
import type { RunTimes } from "../run/run-times.ts";
import type { RunTrack } from "../run/run-track.ts";
import type { ResolvedBlockOptions, ToolOptions } from "./block-options.ts";
import { composeActions, composeEnd, composeFooter, composeSources } from "./card-foot.ts";
import { type ComposeOptions, composeStatus, shownParts } from "./compose.ts";
import type { LaneView } from "./lane-view.ts";
import { composeSummary } from "./summary.ts";
import { toolBlock } from "./tool-block.ts";

/** Of calls that are hidden but for an approval: on what there is to decide. */
const inputAlone: ToolOptions = { mask: (value, { part }) => (part === "input" ? value : undefined) };

/** One of several runs on the card. */
export interface Lane {
  readonly name: string;
  readonly title: string;
  readonly layout: LaneBlock["layout"];
  readonly track: RunTrack;
}

export interface RunViewParts {
  readonly options: ResolvedBlockOptions;
  readonly profile: DriverProfile;
  readonly root: RunTrack;
  readonly lanes: readonly Lane[];
  readonly stopped: Pick<RunStop, "hasSignal">;
  readonly times: Pick<RunTimes, "firstTokenMs" | "runMs">;
}

/** What the cards of a run should show now, before it is put on pages. Reads; changes nothing. */
export class RunView {
  /** What was too long to be shown whole. */
  readonly cuts: CutPart[] = [];
  readonly #parts: RunViewParts;
  readonly #compose: ComposeOptions;
  /** Drawn tool calls, which change seldom. */
  #tools: WeakMap<ToolCall, { readonly key: string; readonly block: ToolBlock }> | undefined;

  constructor(parts: RunViewParts) {
    this.#parts = parts;
    const { reasoning, tools, actions } = parts.options;
    this.#compose = { reasoning, tools, actions, isTextOnly: parts.profile.structure === "slots" };
  }

  get lanes(): LaneView[] {
    const { root, lanes } = this.#parts;
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

  get isHurried(): boolean {
    return this.#end?.status === "stopped";
  }

  get summary(): string {
    return this.#states.map(composeSummary).find((line) => line !== "") ?? "";
  }

  /** Tokens of all runs together. */
  get usage(): RunState["usage"] {
    return totalOf(this.#states).usage;
  }

  /** What the answer builds on, once it is there. */
  get sources(): SourcesBlock | undefined {
    if (this.#end === undefined || !this.#parts.options.sources) return undefined;
    // What several runs build on is named once.
    const links = new Map(this.#states.flatMap(({ sources }) => [...sources]));
    const block = composeSources([...links.values()]);
    if (block !== undefined && block.more > 0) this.#noteCut("sources");
    return block;
  }

  /** How the run ended, as the reader is told. */
  get endStatus(): CardStatus | undefined {
    const end = this.#end;
    return end === undefined ? undefined : composeEnd(end, this.#hasText, this.#parts.options.failureText);
  }

  /** What stands at the foot of the last card. */
  foot(card: number): CardBlock[] {
    const { options, stopped, times, profile } = this.#parts;
    const end = this.#end;
    const hasText = this.#hasText;
    const status = this.endStatus ?? this.#status();
    const line: StatusBlock[] = status === undefined ? [] : [{ type: "status", id: "status", status }];
    if (profile.structure === "slots") return line;
    const footer =
      end === undefined ? undefined : composeFooter(options.footer, totalOf(this.#states), times);
    const isStoppable = stopped.hasSignal;
    const actions = composeActions(options.actions, { card, end, hasText, isStoppable });
    return [...line, ...(footer === undefined ? [] : [footer]), ...(actions === undefined ? [] : [actions])];
  }

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
    return this.#parts.root.end;
  }

  get #hasText(): boolean {
    return this.#states.some(({ texts }) => texts.some(({ log }) => log.length > 0));
  }

  get #states(): RunState[] {
    return [this.#parts.root, ...this.#parts.lanes.map(({ track }) => track)].map(({ state }) => state);
  }

  #laneOf(key: string, state: RunState): LaneView {
    return {
      key,
      parts: shownParts(state, this.#compose),
      tool: ({ toolCallId }) => state.tools.get(toolCallId),
    };
  }

  /** Lanes say in their heads what they are doing. */
  #status(): CardStatus | undefined {
    const { root, lanes } = this.#parts;
    return lanes.length > 0 && !this.#compose.isTextOnly
      ? undefined
      : composeStatus(root.state, this.#compose);
  }
}

/** Tokens of all runs together; a model is named where there is one. */
function totalOf(states: readonly RunState[]): Pick<RunState, "model" | "usage"> {
  const models = new Set(states.flatMap(({ model }) => model ?? []));
  return {
    model: models.size === 1 ? [...models][0] : undefined,
    usage: states.reduce<RunState["usage"]>((sum, { usage }) => addUsage(sum, usage), undefined),
  };
}
