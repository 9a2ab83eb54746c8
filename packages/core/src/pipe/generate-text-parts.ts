import type { CardEvent, CardInput } from "../contract/card-event.ts";
import type { GeneratedRun, PartLike } from "./run-result.ts";

/**
 * Turns a finished `generateText()` run into the parts that `streamText()` would have streamed.
 *
 * Reads the steps, because before version 7 the lists at the top of a result hold the last step alone.
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

/** Opens and closes text and reasoning, which come whole; everything else in a step's content is a part already. */
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
