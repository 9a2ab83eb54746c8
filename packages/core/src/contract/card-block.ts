import type { RunEnd } from "./run-end.ts";

/** State of a run, as the card's status line tells it. */
export type CardStatus =
  | { readonly phase: "thinking" }
  | { readonly phase: "tool"; readonly toolName: string }
  /** The answer goes on on the next card. */
  | { readonly phase: "continued" }
  | {
      readonly phase: "ended";
      readonly end: RunEnd;
      readonly hasText: boolean;
      /** Reason of a failure, as far as the reader may know it. */
      readonly cause?: FailureCause | { readonly text: string };
    };

/** Kinds of failures that a card may name, because they give nothing else away. */
export type FailureCause = "busy" | "unavailable" | "unreachable" | "not-authorized" | "too-long";

interface BlockPlace {
  /** Id on the card: no other block has it, and it stays for as long as the block is there. */
  readonly id: string;
  /** Id of the block that holds this one. The holder stands before it in the list. */
  readonly within?: string;
}

/** Slice of text: Markdown that only grows while the card is streaming. */
export interface TextBlock extends BlockPlace {
  readonly type: "text";
  /** Markdown of the slice, from its beginning. */
  readonly text: string;
  /** More text may follow. */
  readonly isOpen?: boolean;
  /** Shown without Markdown, because the platform refused to draw it. */
  readonly isPlain?: boolean;
  /** Part of the model's reasoning, not of its answer. */
  readonly isReasoning?: boolean;
  /** Closing line of the text's open code fence, for platforms that take closed Markdown only. */
  readonly close?: string;
}

/** Holder of the reasoning's text blocks. */
export interface ReasoningBlock extends BlockPlace {
  readonly type: "reasoning";
  /** The model is still reasoning here. */
  readonly isThinking: boolean;
  /** Milliseconds that the reasoning took, once it is over. */
  readonly durationMs?: number;
  /** The reader sees the title alone. */
  readonly isFolded: boolean;
}

/** State of a tool call. */
export type ToolStatus =
  | "preparing"
  | "running"
  /** Waits for an approval. */
  | "waiting"
  | "done"
  | "failed"
  | "denied"
  /** Left to a tool elsewhere when the run ended, whose result will resume the run. */
  | "pending"
  /** The run ended before the call did. */
  | "unfinished";

/** Tool call. */
export interface ToolBlock extends BlockPlace {
  readonly type: "tool";
  /** Tool's name for the reader. */
  readonly title: string;
  /** State of the call. */
  readonly status: ToolStatus;
  /** Milliseconds that the call took; absent while it runs. */
  readonly durationMs?: number;
  /** Input as text, or as JSON where it is no text. At most 2 KB. */
  readonly input?: string;
  /** Output as text, or as JSON where it is no text; the error of a call that failed. At most 2 KB. */
  readonly output?: string;
  /** Request for a decision of the reader. */
  readonly approval?: {
    /** Id from the run's `tool-approval-request`. */
    readonly approvalId: string;
    /** Index of the card among the run's cards, from 0 on. */
    readonly card: number;
  };
}

/** Number of earlier tool calls that the card has no room for. */
export interface ToolCountBlock extends BlockPlace {
  readonly type: "tool-count";
  /** Number of the calls. */
  readonly count: number;
}

/** Image that the run produced. */
export interface ImageBlock extends BlockPlace {
  readonly type: "image";
  /** Platform's key of the image; absent where the platform does not draw it. */
  readonly key?: string;
  /** Address of an image that the platform does not draw. */
  readonly url?: string;
}

/** Sources of the answer. */
export interface SourcesBlock extends BlockPlace {
  readonly type: "sources";
  /** Sources in order of first mention, at most 20. A document has no `url`. */
  readonly sources: readonly { readonly title: string; readonly url?: string }[];
  /** Number of further sources. */
  readonly more: number;
}

/** Holder of the lanes that stand side by side. */
export interface LanesBlock extends BlockPlace {
  readonly type: "lanes";
}

/** Holder of the blocks of one run, of several that share a card. */
export interface LaneBlock extends BlockPlace {
  readonly type: "lane";
  /** Beside the other lanes, or below them in a panel that folds. */
  readonly layout: "column" | "panel";
  /** Heading of the lane. */
  readonly title: string;
  /** State of the run: `waiting` for its turn, `continued` on the next card. */
  readonly state: "waiting" | "running" | "continued" | RunEnd;
  /** Milliseconds that the run took, once it has ended. */
  readonly durationMs?: number;
}

/** Line with the state of the run. */
export interface StatusBlock extends BlockPlace {
  readonly type: "status";
  readonly id: "status";
  /** State of the run. */
  readonly status: CardStatus;
}

/** Line with the model, the tokens and the times of the answer. */
export interface FooterBlock extends BlockPlace {
  readonly type: "footer";
  /** Name of the model. */
  readonly model?: string;
  /** Tokens of the model's input. */
  readonly inputTokens?: number;
  /** Tokens of the model's output. */
  readonly outputTokens?: number;
  /** Milliseconds to the first token. */
  readonly firstTokenMs?: number;
  /** Milliseconds of the whole run. */
  readonly totalMs?: number;
}

/** Button for the reader. */
export type CardButton =
  | { readonly action: "stop" | "regenerate" }
  | { readonly action: "feedback"; readonly rating: "up" | "down" };

/** Row of buttons. */
export interface ActionsBlock extends BlockPlace {
  readonly type: "actions";
  /** Index of the card among the run's cards, from 0 on. */
  readonly card: number;
  /** Buttons in their order. */
  readonly buttons: readonly CardButton[];
}

/** Component of the platform, which a layout puts on the card. */
export interface ElementBlock extends BlockPlace {
  readonly type: "element";
  /** JSON of the component, in the platform's own form. */
  readonly element: Readonly<Record<string, unknown>>;
}

/** Part of a card, as the reader should see it. Drivers turn blocks into components of their platform. */
export type CardBlock =
  | TextBlock
  | ReasoningBlock
  | ToolBlock
  | ToolCountBlock
  | ImageBlock
  | SourcesBlock
  | LanesBlock
  | LaneBlock
  | StatusBlock
  | FooterBlock
  | ActionsBlock
  | ElementBlock;

/** Compares two blocks by everything that a platform draws of them. */
export function isSameBlock(one: CardBlock, other: CardBlock): boolean {
  if (one === other) return true;
  if (one.type === "text" && other.type === "text") {
    return (
      one.text === other.text &&
      (one.close ?? "") === (other.close ?? "") &&
      (one.isPlain ?? false) === (other.isPlain ?? false)
    );
  }
  return isSame(one, other);
}

/** Compares small trees of plain values. An error equals itself alone. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (one instanceof Error || other instanceof Error) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => isSame(one[key as keyof typeof one], other[key as keyof typeof other]))
  );
}

/** Tells text blocks with text in them. */
export function hasText(block: CardBlock): block is TextBlock {
  return block.type === "text" && block.text !== "";
}

/** Tells empty text blocks, which stand ready for the text that comes next. */
export function isEmptyText(block: CardBlock): boolean {
  return block.type === "text" && block.text === "";
}
