import type { RunEnd } from "./run-end.ts";

/** What the card says about the run itself, apart from its answer. */
export type CardStatus =
  | { readonly phase: "thinking" }
  | { readonly phase: "tool"; readonly toolName: string }
  /** The answer goes on on the next card. */
  | { readonly phase: "continued" }
  | { readonly phase: "ended"; readonly end: RunEnd; readonly hasText: boolean };

/** A slice of the answer: Markdown that only grows while the card is streaming. */
export interface TextBlock {
  readonly type: "text";
  readonly id: string;
  readonly text: string;
  /** More text may come. */
  readonly isOpen?: boolean;
  /** Shown as it is, without Markdown: the platform refused to draw it. */
  readonly isPlain?: boolean;
  /** What closes the text's open code fence, where the platform wants every frame to be closed Markdown. */
  readonly close?: string;
}

/** A line about the run, at the foot of the card. */
export interface StatusBlock {
  readonly type: "status";
  readonly id: "status";
  readonly status: CardStatus;
}

/** A part of a card, as the reader should see it. Drivers turn blocks into what their platform has. */
export type CardBlock = TextBlock | StatusBlock;

export function isSameBlock(one: CardBlock, other: CardBlock): boolean {
  if (one.type === "text" && other.type === "text") {
    return (
      one.text === other.text &&
      (one.close ?? "") === (other.close ?? "") &&
      (one.isPlain ?? false) === (other.isPlain ?? false)
    );
  }
  if (one.type === "status" && other.type === "status") return isSameStatus(one.status, other.status);
  return false;
}

function isSameStatus(one: CardStatus, other: CardStatus): boolean {
  if (one.phase === "tool" && other.phase === "tool") return one.toolName === other.toolName;
  if (one.phase === "ended" && other.phase === "ended") {
    return one.end.status === other.end.status && one.end.reason === other.end.reason;
  }
  return one.phase === other.phase;
}
