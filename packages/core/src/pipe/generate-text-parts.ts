import type { CardEvent, CardInput } from "../contract/card-event.ts";
import type { GeneratedRun, PartLike } from "./run-source.ts";

/**
 * A finished `generateText()` run as the parts that `streamText()` would have streamed.
 *
 * Read from the steps: the lists at the top of a result hold the last step alone before version 7.
 */
export async function* generateTextParts(run: GeneratedRun): AsyncGenerator<CardInput> {
  const { steps, finishReason, totalUsage } = run;
  yield { type: "start" };
  for (const step of steps) {
    yield { type: "start-step" };
    for (const [index, item] of step.content.entries()) yield* contentParts(item, String(index));
    const { finishReason: reason, usage, response } = step;
    yield {
      type: "finish-step",
      finishReason: reason,
      ...(usage !== undefined && { usage }),
      ...(response?.modelId !== undefined && { response: { modelId: response.modelId } }),
    };
  }
  yield { type: "finish", finishReason, ...(totalUsage !== undefined && { totalUsage }) };
}

/** Text and reasoning come whole; everything else in a step's content is a part already. */
function* contentParts(item: PartLike, id: string): Generator<CardInput> {
  const text = "text" in item && typeof item.text === "string" ? item.text : "";
  if (item.type === "text") yield* textParts(id, text);
  else if (item.type === "reasoning") yield* reasoningParts(id, text);
  else yield item;
}

function* textParts(id: string, text: string): Generator<CardEvent> {
  yield { type: "text-start", id };
  yield { type: "text-delta", id, text };
  yield { type: "text-end", id };
}

function* reasoningParts(id: string, text: string): Generator<CardEvent> {
  yield { type: "reasoning-start", id };
  yield { type: "reasoning-delta", id, text };
  yield { type: "reasoning-end", id };
}
