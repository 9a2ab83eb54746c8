import type { Clock } from "../clock.ts";

/** Step of a script: a chunk, an error or an end, and the milliseconds since the step before. */
export type ScriptStep<Chunk> = { readonly afterMs?: number } & (
  | { readonly chunk: Chunk }
  | { readonly error: unknown }
  | { readonly end: "close" | "never" }
);

/** Makes a stream that plays a script on a clock. It closes after the last step, unless the script says otherwise. */
export function scriptedSource<Chunk>(
  clock: Clock,
  script: readonly ScriptStep<Chunk>[],
): ReadableStream<Chunk> & { readonly cancelled: Promise<unknown> } {
  const cancelled = Promise.withResolvers<unknown>();
  let at = 0;
  const stream = new ReadableStream<Chunk>({
    async pull(controller) {
      const step = script[at];
      at += 1;
      if (step === undefined) return controller.close();
      if (step.afterMs) await new Promise<void>((resolve) => clock.setTimeout(resolve, step.afterMs ?? 0));
      if ("chunk" in step) controller.enqueue(step.chunk);
      else if ("error" in step) controller.error(step.error);
      else if (step.end === "close") controller.close();
      else await new Promise(() => {});
    },
    cancel: (reason) => cancelled.resolve(reason),
  });
  return Object.assign(stream, { cancelled: cancelled.promise });
}
