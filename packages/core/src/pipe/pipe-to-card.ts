import { internalsOf } from "../card/card-internals.ts";
import type { CardStream } from "../card/card-stream.ts";
import type { CardResult } from "../contract/card-result.ts";
import type { CardSource } from "./card-source.ts";
import { checkCard } from "./card-target.ts";
import { checkSource } from "./check-source.ts";
import type { LanesOptions } from "./lanes-options.ts";
import { openSource } from "./open-source.ts";
import { pipeLanes } from "./pipe-lanes.ts";
import { pumpStream } from "./pump-stream.ts";
import { isLanes } from "./source-shape.ts";

/** Options of `pipeToCard()`. */
export interface PipeToCardOptions {
  /** Options of several sources that share the card. @defaultValue those of `LanesOptions` */
  lanes?: LanesOptions | undefined;
}

/**
 * Shows a source on a card, to its end, and waits for the card. The one call for every source and every card.
 *
 * Takes a function that starts a run, which is called with the card's signal once the card opens: then a stop of the
 * card reaches the run, and whatever the function throws lands on the card. Takes as well what runs already: results of
 * the AI SDK, promises, a whole answer as text, and streams of text, bytes, events and AI SDK parts; of OpenAI's chat
 * completions (and of services that speak alike) and responses, and of Anthropic's messages, as their clients give them
 * or as the bytes of the HTTP answer; of LangGraph's stream modes, LangChain's `streamEvents()` and the messages of a
 * chat model. Several sources by name, `{ name: source }`, get a lane each.
 *
 * A source that fails, or that can never be shown, does not make this reject: the card says so, and so does the result.
 * A stop of the card cancels the stream.
 *
 * @returns How the run ended and what the reader has of it.
 * @throws {InvalidOptionError} (rejects) when the second argument is no card.
 * @throws {TypeError} (rejects) when something else is being piped into the card.
 * @example
 * const result = await pipeToCard(({ signal }) => agent.stream({ prompt, abortSignal: signal }), feishu.card({ to: "oc_…" }));
 * @example
 * const stream = client.chat.completions.create({ model, messages, stream: true });
 * const result = await pipeToCard(stream, feishu.card({ to: "oc_…" }));
 */
export function pipeToCard(
  source: CardSource,
  card: CardStream,
  { lanes }: PipeToCardOptions = {},
): Promise<CardResult> {
  let writer: WritableStreamDefaultWriter;
  try {
    checkCard(card);
    writer = card.getWriter();
  } catch (error) {
    return Promise.reject(error);
  }
  try {
    checkSource(source, lanes);
    // Neither is awaited: a source that ignores its cancellation must not keep the card, which is finalized by then.
    if (isLanes(source)) pipeLanes(source, card, lanes);
    else void pumpStream(openSource(source, card), { card, writer, stopped: internalsOf(card).stopped });
  } catch (error) {
    // There is a card by now, and every card is finalized.
    void card.fail(error);
  }
  return card.result;
}
