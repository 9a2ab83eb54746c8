import type { CardButton, FailureCause, ToolStatus } from "../../contract/card-block.ts";
import type { RunReason } from "../../contract/run-end.ts";

/** Kinds of ends that a tag in a card's header tells apart. */
export type EndKind = "finished" | "incomplete" | "waiting" | "stopped" | "failed";

/** Reasons of an end, and the two ends that have none: with and without an answer. */
export type EndText = RunReason | "finished" | "empty";

/** Labels of the buttons on a card. */
type ButtonLabel = Exclude<CardButton["action"], "feedback"> | "up" | "down" | "approve" | "deny";

/** Answers to a click on a card. */
export type ClickAnswer =
  | "stopped"
  | "already-stopped"
  | "already-ended"
  | "unknown-run"
  | "not-yours"
  | "still-running"
  | "regenerating"
  | "already-regenerated"
  | "thanks"
  | "already-thanked"
  | "approved"
  | "denied"
  | "already-decided"
  | "not-available"
  | "failed";

/** Things that become of a finished card by a click. */
export type CardMark = "superseded" | "approved" | "denied";

/**
 * All words of a card in one language. Times come written out (`3.2 s`), tool names and people as they are shown.
 *
 * A language is one file beside this one, and its line in `locales.ts`.
 */
export interface Words {
  /** Units of times; `instant` is a whole time, for less than 50 ms. */
  readonly units: { readonly seconds: string; readonly minutes: string; readonly instant: string };
  /** The model is at work, and nothing of it can be shown yet. */
  readonly thinking: string;
  /** Text is being written. */
  readonly writing: string;
  /** A lane has not begun. */
  readonly queued: string;
  /** The answer goes on on the next card. */
  readonly continued: string;
  /** A tool is at work that has no line of its own. */
  readonly usingTool: (tool: string) => string;
  /** Status lines of a run that has ended. */
  readonly ends: Readonly<Record<EndText, string>>;
  /** Status line of a run that a person stopped whom the platform can name. */
  readonly stoppedBy: (person: string) => string;
  /** Status line of a run that failed for a reason which the reader may know. */
  readonly failedBecause: (cause: string) => string;
  /** Reasons within `failedBecause`. */
  readonly causes: Readonly<Record<FailureCause, string>>;
  /** Tags in a card's header, a word or two each. */
  readonly endTags: Readonly<Record<EndKind, string>>;
  /** Title over reasoning that is complete. */
  readonly reasoning: string;
  /** Title over complete reasoning, where its time is known. */
  readonly thoughtFor: (time: string) => string;
  /** States of a tool call in its line; a call that is done has a mark alone. */
  readonly toolStates: Readonly<Record<Exclude<ToolStatus, "done">, string>>;
  /** Stands for tool calls that a card has no room for. */
  readonly earlierTools: (count: number) => string;
  /** Titles over the details of a tool call; `error` is the output of one that failed. */
  readonly toolDetails: { readonly input: string; readonly output: string; readonly error: string };
  /** Title over the sources of an answer. */
  readonly sources: (count: number) => string;
  /** Last line under the sources, where there are more than are shown. */
  readonly moreSources: (count: number) => string;
  /** Footer: tokens of the model's input and output. */
  readonly tokens: (input: string, output: string) => string;
  /** Footer: time to the first token. */
  readonly firstToken: (time: string) => string;
  /** Footer: time of the whole run. */
  readonly totalTime: (time: string) => string;
  /** Description of an image. */
  readonly image: string;
  /** Stands for an image that can neither be drawn nor linked to. */
  readonly lostImage: string;
  readonly buttons: Readonly<Record<ButtonLabel, string>>;
  /** Short notices to the person who clicked. */
  readonly clicks: Readonly<Record<ClickAnswer, string>>;
  /** Lines on a finished card that something has become of since. */
  readonly marks: Readonly<Record<CardMark, string>>;
}
