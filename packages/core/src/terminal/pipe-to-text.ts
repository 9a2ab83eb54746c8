import { CardStream } from "../card/card-stream.ts";
import type { CardStreamOptions } from "../card/card-stream-options.ts";
import type { CardResult } from "../contract/card-result.ts";
import type { CardSource } from "../pipe/card-source.ts";
import { checkSource } from "../pipe/check-source.ts";
import type { LanesOptions } from "../pipe/lanes-options.ts";
import { pipeToCard } from "../pipe/pipe-to-card.ts";
import { createTextDriver, type TextDriverOptions } from "./text-driver.ts";

/** Options of a run's text: those options of a card that apply to text. */
export interface PlainTextOptions
  extends Pick<TextDriverOptions, "locale">,
    Pick<
      CardStreamOptions,
      | "reasoning"
      | "tools"
      | "sources"
      | "footer"
      | "failureText"
      | "signal"
      | "timeouts"
      | "logger"
      | "clock"
    > {
  /**
   * Options of several sources that share the text. They run at the same time, and are written one after the other.
   * @defaultValue those of `LanesOptions`
   */
  lanes?: Pick<LanesOptions, "concurrency" | "titles"> | undefined;
}

/** Options of `pipeToText()`: those of the text, and the place that it is written to. */
export interface PipeToTextOptions extends PlainTextOptions, TextDriverOptions {}

/**
 * Writes a run as text, to a terminal or any place that takes appended text, while it goes on, and waits for its end.
 *
 * @param source As for `pipeToCard()`.
 * @returns The result of the run. Does not reject for a failed run; `delivery` is `"card"` if all of it was written.
 * @throws {InvalidOptionError} (rejects) when an option or the source can never work.
 * @example
 * await pipeToText(stream, { write: (text) => process.stdout.write(text), isTerminal: process.stdout.isTTY });
 */
export async function pipeToText(source: CardSource, options: PipeToTextOptions): Promise<CardResult> {
  return pipe(source, options);
}

/**
 * Turns a whole run into plain text: its answer, its tool calls in lines, its sources, and its end unless the run just
 * finished. Resolves at the end of the run, also for one that failed.
 *
 * @param source As for `pipeToCard()`.
 * @throws {InvalidOptionError} (rejects) when an option or the source can never work.
 * @example
 * const body = await toPlainText(streamText({ model, prompt }), { locale: "en-US" });
 */
export async function toPlainText(source: CardSource, options: PlainTextOptions = {}): Promise<string> {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  await pipe(source, { ...options, write, streaming: false });
  return text;
}

type TextCardOptions = PipeToTextOptions & Pick<CardStreamOptions, "streaming">;

function pipe(source: CardSource, { lanes, ...options }: TextCardOptions): Promise<CardResult> {
  checkSource(source, lanes);
  return pipeToCard(source, textCard(options), { lanes });
}

function textCard({ write, isTerminal, locale, tools, ...options }: TextCardOptions): CardStream {
  const driver = createTextDriver({ write, isTerminal, locale });
  // A call is one line, so its input and output need not be formatted.
  return new CardStream({ ...options, driver, tools: withoutDetails(tools) });
}

function withoutDetails(tools: PlainTextOptions["tools"] = "show"): PlainTextOptions["tools"] {
  if (tools === "show") return { details: false };
  return typeof tools === "object" ? { ...tools, details: false } : tools;
}
