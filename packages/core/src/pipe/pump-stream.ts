import type { CardInput } from "../contract/card-event.ts";
import type { RunStop } from "../run/run-stop.ts";
import type { OpenStream } from "../sources/open-stream.ts";
import { SourceReader } from "../sources/source-reader.ts";

/** A card or a lane that a stream is pumped into. */
interface Sink {
  readonly card: { push(input: CardInput): void };
  /** Writer of the card or lane. Its `close()` and `abort()` tell how the stream ended. */
  readonly writer: WritableStreamDefaultWriter;
  readonly stopped: RunStop;
}

/**
 * Pumps a stream into a card or a lane, to its end, and ends the sink. A stop of the card cancels the stream. Never
 * rejects.
 */
export async function pumpStream(
  opening: Promise<OpenStream>,
  { card, writer, stopped }: Sink,
): Promise<void> {
  try {
    const stream = await opening;
    const reader = new SourceReader();
    let isStopped = false;
    const onStop = () => {
      isStopped = true;
      stream.cancel(stopped.reason);
    };
    stopped.listen(onStop);
    try {
      for (let next = await stream.read(); !next.done && !isStopped; next = await stream.read()) {
        const inputs = reader.read(next.value);
        pushAll(card, inputs.length === 0 ? keepAlive : inputs);
      }
      if (stream.wasAborted()) card.push({ type: "abort" });
      pushAll(card, reader.end());
    } catch (error) {
      pushAll(card, reader.fail(error));
      throw error;
    } finally {
      stopped.unlisten(onStop);
    }
    await writer.close();
  } catch (error) {
    // Rejects if the card or lane has ended already: ignored.
    await writer.abort(error).catch(() => {});
  }
}

/** Pushed for a chunk that has nothing to show, because it still proves that the run is alive. */
const keepAlive: readonly CardInput[] = [{ type: "text-delta", text: "" }];

/** Pushes in a function of its own, so that no loop over the last chunk is kept while the next one is awaited. */
function pushAll(card: Sink["card"], inputs: readonly CardInput[]): void {
  for (const input of inputs) card.push(input);
}
