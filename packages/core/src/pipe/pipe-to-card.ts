import type { CardStream } from "../card/card-stream.ts";
import type { CardInput } from "../contract/card-event.ts";
import type { CardResult } from "../contract/card-result.ts";
import type { RunStop } from "../run/run-stop.ts";
import { type CardSource, openSource } from "../sources/open-source.ts";
import { SourceReader } from "../sources/source-reader.ts";

export type { CardSource } from "../sources/open-source.ts";

/**
 * Writes a stream to a card, to its end, and waits for the card.
 *
 * Takes streams of text, bytes, events and AI SDK parts; of OpenAI's chat completions (and of services that speak
 * alike) and responses, and of Anthropic's messages, as their clients give them or as the bytes of the HTTP answer;
 * of LangGraph's stream modes, LangChain's `streamEvents()` and the messages of a chat model.
 *
 * A source that fails does not make this reject: the card says so, and so does the result.
 * When the card is stopped, the source is cancelled.
 *
 * @throws {TypeError} when something else is being piped into the card.
 * @example
 * const stream = client.chat.completions.create({ model, messages, stream: true });
 * const result = await pipeToCard(stream, feishu.card({ to: "oc_…" }));
 */
export function pipeToCard(
  source: CardSource | PromiseLike<CardSource>,
  card: CardStream,
): Promise<CardResult> {
  let writer: WritableStreamDefaultWriter;
  try {
    writer = card.getWriter();
  } catch (error) {
    return Promise.reject(error);
  }
  // Not awaited: a source that ignores its cancellation must not keep the card, which is finalized by then.
  void drain(source, { card, writer, stopped: card.stopped });
  return card.result;
}

interface Sink {
  push(input: CardInput): void;
}

/** What takes in the parts of a source, and its end. */
interface Drain {
  readonly card: Sink;
  readonly writer: WritableStreamDefaultWriter;
  readonly stopped: RunStop;
}

/** Reads a source to its end, which it tells. Never rejects. @internal for `pipeLanes()` */
export async function drain(
  source: CardSource | PromiseLike<CardSource>,
  { card, writer, stopped }: Drain,
): Promise<void> {
  try {
    const opened = await openSource(source);
    const reader = new SourceReader();
    let isStopped = false;
    const onStop = () => {
      isStopped = true;
      opened.cancel(stopped.reason);
    };
    stopped.listen(onStop);
    try {
      for (let next = await opened.read(); !next.done && !isStopped; next = await opened.read()) {
        const inputs = reader.read(next.value);
        // Also what says nothing yet is a sign of life.
        pushAll(card, inputs.length === 0 ? silence : inputs);
      }
      if (opened.wasAborted()) card.push({ type: "abort" });
      pushAll(card, reader.end());
    } catch (error) {
      pushAll(card, reader.fail(error));
      throw error;
    } finally {
      stopped.unlisten(onStop);
    }
    await writer.close();
  } catch (error) {
    // What has ended before takes no end.
    await writer.abort(error).catch(() => {});
  }
}

const silence: readonly CardInput[] = [{ type: "text-delta", text: "" }];

/** A function of its own: while the next part is awaited, no loop over the last one is kept. */
function pushAll(card: Sink, inputs: readonly CardInput[]): void {
  for (const input of inputs) card.push(input);
}
