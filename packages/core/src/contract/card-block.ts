import type { RunEnd } from "./run-end.ts";

/** What the card says about the run itself, apart from its answer. */
export type CardStatus =
  | { readonly phase: "thinking" }
  | { readonly phase: "tool"; readonly toolName: string }
  /** The answer goes on on the next card. */
  | { readonly phase: "continued" }
  | {
      readonly phase: "ended";
      readonly end: RunEnd;
      readonly hasText: boolean;
      /** Why it failed, in words that the reader may see. */
      readonly cause?: FailureCause | { readonly text: string };
    };

/** Kinds of failures that a reader can be told of, because they tell nothing else. */
export type FailureCause = "busy" | "unavailable" | "unreachable" | "not-authorized" | "too-long";

interface BlockPlace {
  /** Differs from every other block of the card, and stays the same for as long as the block is there. */
  readonly id: string;
  /** Id of the block that it is in, which stands before it in the list. */
  readonly within?: string;
}

/** A slice of text: Markdown that only grows while the card is streaming. */
export interface TextBlock extends BlockPlace {
  readonly type: "text";
  readonly text: string;
  /** More text may come. */
  readonly isOpen?: boolean;
  /** Shown as it is, without Markdown: the platform refused to draw it. */
  readonly isPlain?: boolean;
  /** Belongs to what the model thought, not to its answer. */
  readonly isReasoning?: boolean;
  /** What closes the text's open code fence, where the platform wants every frame to be closed Markdown. */
  readonly close?: string;
}

/** Holds the text that the model thought. Open while it does. */
export interface ReasoningBlock extends BlockPlace {
  readonly type: "reasoning";
  readonly isThinking: boolean;
  /** In milliseconds, once it is known. */
  readonly durationMs?: number;
  readonly isFolded: boolean;
}

/** State of a tool call. */
export type ToolStatus =
  | "preparing"
  | "running"
  /** For an approval. */
  | "waiting"
  | "done"
  | "failed"
  | "denied"
  /** Left to somebody else when the run ended, who will resume it with the result. */
  | "pending"
  /** The run ended before the call did. */
  | "unfinished";

/** One tool call. */
export interface ToolBlock extends BlockPlace {
  readonly type: "tool";
  /** What the reader calls the tool. */
  readonly title: string;
  readonly status: ToolStatus;
  /** In milliseconds; absent while it runs. */
  readonly durationMs?: number;
  /** Given as text, JSON where it was no text; at most 2 KB each. */
  readonly input?: string;
  readonly output?: string;
  /** Asks the reader to decide. */
  readonly approval?: {
    /** As the run's `tool-approval-request` has it. */
    readonly approvalId: string;
    /** Which of the run's cards this is, from 0 on. */
    readonly card: number;
  };
}

/** Stands for earlier tool calls that there was no room for. */
export interface ToolCountBlock extends BlockPlace {
  readonly type: "tool-count";
  readonly count: number;
}

/** An image that the run produced. */
export interface ImageBlock extends BlockPlace {
  readonly type: "image";
  /** By which the platform knows it; absent where it does not draw it. */
  readonly key?: string;
  /** Where it is, for one that the platform does not draw. */
  readonly url?: string;
}

/** Where the answer has its knowledge from, in order of first mention. */
export interface SourcesBlock extends BlockPlace {
  readonly type: "sources";
  readonly sources: readonly { readonly title: string; readonly url?: string }[];
  /** Further ones that there was no room for. */
  readonly more: number;
}

/** Holds the runs that share a card, side by side. */
export interface LanesBlock extends BlockPlace {
  readonly type: "lanes";
}

/** Holds one of several runs that share a card. */
export interface LaneBlock extends BlockPlace {
  readonly type: "lane";
  readonly layout: "column" | "panel";
  readonly title: string;
  /** `waiting` for its turn; `continued` on the next card. */
  readonly state: "waiting" | "running" | "continued" | RunEnd;
  /** In milliseconds, once it has ended. */
  readonly durationMs?: number;
}

/** How the run ended, or what it is doing. */
export interface StatusBlock extends BlockPlace {
  readonly type: "status";
  readonly id: "status";
  readonly status: CardStatus;
}

/** What the answer took. */
export interface FooterBlock extends BlockPlace {
  readonly type: "footer";
  readonly model?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** In milliseconds. */
  readonly firstTokenMs?: number;
  readonly totalMs?: number;
}

/** Something that the reader can do. */
export type CardButton =
  | { readonly action: "stop" | "regenerate" }
  | { readonly action: "feedback"; readonly rating: "up" | "down" };

export interface ActionsBlock extends BlockPlace {
  readonly type: "actions";
  /** Which of the run's cards this is, from 0 on. */
  readonly card: number;
  readonly buttons: readonly CardButton[];
}

/** A component of the platform, as it wants it. The layout puts it there. */
export interface ElementBlock extends BlockPlace {
  readonly type: "element";
  readonly element: Readonly<Record<string, unknown>>;
}

/** A part of a card, as the reader should see it. Drivers turn blocks into what their platform has. */
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

/** Blocks are small trees of plain values. An error in one is the same only as itself. */
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

export function hasText(block: CardBlock): block is TextBlock {
  return block.type === "text" && block.text !== "";
}

/** Whether it is a text that stands ready for what comes next. */
export function isEmptyText(block: CardBlock): boolean {
  return block.type === "text" && block.text === "";
}
