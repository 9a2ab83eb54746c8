import { CardStream } from "../card/card-stream.ts";
import type { CardStreamOptions } from "../card/card-stream-options.ts";
import type { CardResult } from "../contract/card-result.ts";
import type { LanesOptions } from "../pipe/pipe-lanes.ts";
import { type AnySource, prepareRun, type RunLanes } from "../pipe/run-to-card.ts";
import { createTextDriver, type TextDriverOptions } from "./text-driver.ts";

/** Everything that a card shows, also several runs by their names. */
export type TextSource = AnySource | RunLanes;

/** What is said of a run, and until when. */
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
  /** How several runs share the text. They go on at once, and are told one after the other. */
  lanes?: Pick<LanesOptions, "concurrency" | "titles"> | undefined;
}

export interface PipeToTextOptions extends PlainTextOptions, TextDriverOptions {}

/**
 * Draws a run in a terminal, or wherever text can be appended to, while it goes on, and waits for its end.
 *
 * Takes all that `pipeToCard` takes, results of the AI SDK, and functions that start a run, and several
 * of these by their names.
 *
 * @returns How the run ended. Does not reject for a failed run; `delivery` is `"card"` where all of it was written.
 * @throws {InvalidOptionError} when an option or the source can never work.
 * @example
 * await pipeToText(stream, { write: (text) => process.stdout.write(text), isTerminal: process.stdout.isTTY });
 */
export async function pipeToText(source: TextSource, options: PipeToTextOptions): Promise<CardResult> {
  return prepareRun(source, options.lanes)(textCard(options));
}

/**
 * A whole run as plain text: its answer, its tool calls in lines, its sources, and how it ended where that was not
 * well. Resolves at its end, also for a run that failed.
 *
 * @throws {InvalidOptionError} when an option or the source can never work.
 * @example
 * const body = await toPlainText(streamText({ model, prompt }), { locale: "en-US" });
 */
export async function toPlainText(source: TextSource, options: PlainTextOptions = {}): Promise<string> {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  await prepareRun(source, options.lanes)(textCard({ ...options, write, streaming: false }));
  return text;
}

function textCard({
  write,
  isTerminal,
  locale,
  tools,
  ...options
}: PipeToTextOptions & Pick<CardStreamOptions, "streaming">): CardStream {
  const driver = createTextDriver({ write, isTerminal, locale });
  // A call is one line: what went in and out of it is not even formatted.
  return new CardStream({ ...options, driver, tools: withoutDetails(tools) });
}

function withoutDetails(tools: PlainTextOptions["tools"] = "show"): PlainTextOptions["tools"] {
  if (tools === "show") return { details: false };
  return typeof tools === "object" ? { ...tools, details: false } : tools;
}
