import { checkOption, oneOf } from "../../check-option.ts";
import type {
  CardButton,
  CardStatus,
  FooterBlock,
  LaneBlock,
  ReasoningBlock,
  ToolBlock,
} from "../../contract/card-block.ts";
import type { RunEnd } from "../../contract/run-end.ts";
import { type Locale, locales, wordsByLocale } from "./locales.ts";
import { timeText } from "./time-text.ts";
import type { CardMark, ClickAnswer, EndKind, EndText, Words } from "./words.ts";

const MAX_TOOL_NAME_CHARS = 40;

/** Shorter times say nothing: the whole part arrived at once. */
const MIN_SPAN_MS = 50;

/** Plain shapes, which every client has in its fonts and draws as text: no emoji, which would be in colour. */
const toolMarks: Readonly<Record<ToolBlock["status"], string>> = {
  preparing: "○",
  running: "○",
  waiting: "●",
  done: "✓",
  failed: "✕",
  denied: "✕",
  pending: "●",
  unfinished: "○",
};

/** A card's own words in one language. Nothing here ever shows the text of an error, because a reader must not see it. */
export class CardWords {
  readonly #words: Words;

  /** @internal Made by `wordsOf()`. */
  constructor(words: Words) {
    this.#words = words;
  }

  /**
   * Writes the line for a status.
   *
   * @param stoppedBy The person who pressed Stop, as the platform shows them, where they are known.
   */
  status(status: CardStatus, stoppedBy?: string): string {
    switch (status.phase) {
      case "thinking":
        return this.#words.thinking;
      case "tool":
        return this.#words.usingTool(status.toolName.slice(0, MAX_TOOL_NAME_CHARS));
      case "continued":
        return this.#words.continued;
      case "ended":
        if (stoppedBy !== undefined && status.end.reason === "reader") {
          return this.#words.stoppedBy(stoppedBy);
        }
        return this.#end(status);
    }
  }

  /** Tag in the header of a card that is still written. */
  get runningTag(): string {
    return this.#words.writing;
  }

  /** Names an end in a word or two, for a tag in the header. */
  endTag(kind: EndKind): string {
    return this.#words.endTags[kind];
  }

  /** Titles the text that the model thought. */
  reasoningTitle({ isThinking, durationMs }: ReasoningBlock): string {
    if (isThinking) return this.#words.thinking;
    const span = this.#span(durationMs);
    return span === undefined ? this.#words.reasoning : this.#words.thoughtFor(span);
  }

  /** Writes a tool call in one line: its mark, title, state and time. */
  toolLine({ title, status, durationMs }: ToolBlock): string {
    const state = status === "done" ? undefined : this.#words.toolStates[status];
    return joined([`${toolMarks[status]} ${title}`, state, this.#span(durationMs)]);
  }

  /** Titles the input or the output of a tool call. */
  toolDetailTitle({ status }: ToolBlock, part: "input" | "output"): string {
    return this.#words.toolDetails[part === "output" && status === "failed" ? "error" : part];
  }

  /** Counts the tool calls that the card has no room for. */
  earlierTools(count: number): string {
    return this.#words.earlierTools(count);
  }

  /** Titles the sources of an answer. */
  sourcesTitle(count: number): string {
    return this.#words.sources(count);
  }

  /** Counts the sources beyond those that are shown. */
  moreSources(count: number): string {
    return this.#words.moreSources(count);
  }

  /** Description of an image. */
  get image(): string {
    return this.#words.image;
  }

  /** Stands for an image that can neither be drawn nor linked to. */
  get lostImage(): string {
    return this.#words.lostImage;
  }

  /** Writes the state of one of several runs, and its time. */
  lane({ state, durationMs }: LaneBlock): string {
    return joined([this.#laneState(state), this.#span(durationMs)]);
  }

  /** Writes the tokens and the times of an answer in one line. */
  footer({ model, inputTokens, outputTokens, firstTokenMs, totalMs }: FooterBlock): string {
    const { tokens, firstToken, totalTime, units } = this.#words;
    const count = (number: number | undefined) =>
      number === undefined ? "–" : number.toLocaleString("en-US");
    const hasTokens = inputTokens !== undefined || outputTokens !== undefined;
    return joined([
      model,
      hasTokens ? tokens(count(inputTokens), count(outputTokens)) : undefined,
      firstTokenMs === undefined ? undefined : firstToken(timeText(firstTokenMs, units)),
      totalMs === undefined ? undefined : totalTime(timeText(totalMs, units)),
    ]);
  }

  /** Labels a button. */
  button(button: CardButton | { readonly action: "approve" | "deny" }): string {
    const { buttons } = this.#words;
    return button.action === "feedback" ? buttons[button.rating] : buttons[button.action];
  }

  /** Answers a click, for the person who clicked. */
  click(answer: ClickAnswer): string {
    return this.#words.clicks[answer];
  }

  /** Says on a finished card what has become of it since. */
  mark(mark: CardMark): string {
    return this.#words.marks[mark];
  }

  #end({ end, hasText, cause }: Extract<CardStatus, { phase: "ended" }>): string {
    const { ends, causes, failedBecause } = this.#words;
    if (cause === undefined) return ends[endText(end, hasText)];
    return failedBecause(typeof cause === "string" ? causes[cause] : cause.text);
  }

  #laneState(state: LaneBlock["state"]): string {
    if (state === "waiting") return this.#words.queued;
    if (state === "running") return this.#words.writing;
    if (state === "continued") return this.#words.continued;
    return this.#words.ends[endText(state, true)];
  }

  #span(ms: number | undefined): string | undefined {
    return ms === undefined || ms < MIN_SPAN_MS ? undefined : timeText(ms, this.#words.units);
  }
}

function endText({ status, reason }: RunEnd, hasText: boolean): EndText {
  if (reason !== undefined) return reason;
  if (status === "finished") return hasText ? "finished" : "empty";
  return status === "failed" ? "error" : "aborted";
}

/** Sorts an end into the kinds that a tag in the header tells apart. */
export function endKind({ status, reason }: RunEnd): EndKind {
  if (status !== "finished") return status;
  if (reason === undefined || reason === "waiting") return reason ?? "finished";
  return "incomplete";
}

function joined(words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined).join(" · ");
}

const known = new Map<Locale, CardWords>();

/**
 * Finds the words of a language.
 *
 * @throws {InvalidOptionError} when a card does not speak it.
 */
export function wordsOf(locale: Locale): CardWords {
  const words = known.get(locale);
  if (words !== undefined) return words;
  checkOption("locale", locale, oneOf(...locales));
  const made = new CardWords(wordsByLocale[locale]);
  known.set(locale, made);
  return made;
}
