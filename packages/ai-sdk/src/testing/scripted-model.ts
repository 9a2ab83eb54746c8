import type { Clock } from "@streamcard/core";
import type { LanguageModel } from "ai5";

// Versions 6 and 7 print that a model of spec v2 is old.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

/** A model of spec v2, the one spec that every major runs. */
export type PortableModel = Exclude<LanguageModel, string>;
type Stream = Awaited<ReturnType<PortableModel["doStream"]>>["stream"];
type ModelPart = Stream extends ReadableStream<infer Part> ? Part : never;
type Content = Awaited<ReturnType<PortableModel["doGenerate"]>>["content"];
type FinishReason = Extract<ModelPart, { type: "finish" }>["finishReason"];

/** One thing that a model does in the course of its answer. */
export type Move =
  | { readonly part: ModelPart }
  | { readonly afterMs: number }
  /** The socket dies. */
  | { readonly dies: unknown }
  /** Nothing comes any more. */
  | { readonly hangs: true };

/** One call of a model: what it answers, or why the request fails. */
export type Call = readonly Move[] | { readonly fails: unknown };

export interface ScriptedModelOptions {
  readonly clock: Clock;
  /** One for each call; the last is repeated. */
  readonly calls: readonly Call[];
  /** @defaultValue "respects" */
  readonly abort?: "respects" | "ignores";
}

export interface ScriptedModel extends PortableModel {
  /** Signals of the calls so far. */
  readonly signals: (AbortSignal | undefined)[];
}

/** A model that plays a script on a clock, in the same way for each major of the SDK. */
export function scriptedModel({ clock, calls, abort = "respects" }: ScriptedModelOptions): ScriptedModel {
  const signals: (AbortSignal | undefined)[] = [];
  const answer = (signal: AbortSignal | undefined): AsyncGenerator<ModelPart> => {
    const call = calls[Math.min(signals.length, calls.length - 1)] ?? [];
    signals.push(signal);
    if ("fails" in call) throw call.fails;
    return play(clock, call, abort === "respects" ? signal : undefined);
  };
  return {
    specificationVersion: "v2",
    provider: "scripted",
    modelId: "scripted",
    supportedUrls: {},
    signals,
    doStream: async ({ abortSignal }) => ({ stream: toStream(answer(abortSignal)) }),
    doGenerate: async ({ abortSignal }) => {
      const parts: ModelPart[] = [];
      for await (const part of answer(abortSignal)) parts.push(part);
      return generated(parts);
    },
  };
}

async function* play(
  clock: Clock,
  moves: readonly Move[],
  signal: AbortSignal | undefined,
): AsyncGenerator<ModelPart> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => {});
  const sleep = (delayMs: number) => new Promise<void>((resolve) => clock.setTimeout(resolve, delayMs));
  for (const move of moves) {
    if (signal?.aborted) await aborted;
    if ("part" in move) yield move.part;
    else if ("afterMs" in move) await Promise.race([sleep(move.afterMs), aborted]);
    else if ("hangs" in move) await aborted;
    else throw move.dies;
  }
}

/** Without a queue, so that a failure is not seen before what came ahead of it. */
function toStream(parts: AsyncGenerator<ModelPart>): ReadableStream<ModelPart> {
  return new ReadableStream<ModelPart>(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

function generated(parts: readonly ModelPart[]): Awaited<ReturnType<PortableModel["doGenerate"]>> {
  const content: Content = [];
  let finishReason: FinishReason = "unknown";
  for (const part of parts) {
    const last = content.at(-1);
    if (part.type === "text-delta" && last?.type === "text") last.text += part.delta;
    else if (part.type === "text-delta") content.push({ type: "text", text: part.delta });
    else if (part.type === "reasoning-delta") content.push({ type: "reasoning", text: part.delta });
    else if (part.type === "tool-call" || part.type === "source" || part.type === "file") content.push(part);
    else if (part.type === "finish") finishReason = part.finishReason;
  }
  return { content, finishReason, usage, warnings: [] };
}

const usage = { inputTokens: 3, outputTokens: 10, totalTokens: 13 };

const STEP_MS = 30;

/** A block of text, in pieces of four characters. */
export function text(content: string, { id = "0", everyMs = STEP_MS } = {}): Move[] {
  return [{ part: { type: "text-start", id } }, ...deltas(content, { id, everyMs }), end(id)];
}

function deltas(content: string, { id, everyMs }: { id: string; everyMs: number }): Move[] {
  const pieces = content.match(/.{1,4}/gsu) ?? [];
  return pieces.flatMap((delta): Move[] => [
    { afterMs: everyMs },
    { part: { type: "text-delta", id, delta } },
  ]);
}

/** A block of text that never ends. */
export function openText(content: string, options?: { id?: string; everyMs?: number }): Move[] {
  return text(content, options).slice(0, -1);
}

function end(id: string): Move {
  return { part: { type: "text-end", id } };
}

export function reasoning(content: string): Move[] {
  return [
    { part: { type: "reasoning-start", id: "r" } },
    { part: { type: "reasoning-delta", id: "r", delta: content } },
    { part: { type: "reasoning-end", id: "r" } },
  ];
}

export function toolCall(toolName: string, toolCallId = "call-1"): Move[] {
  const input = JSON.stringify({ city: "北京" });
  return [
    { part: { type: "tool-input-start", id: toolCallId, toolName } },
    { part: { type: "tool-input-delta", id: toolCallId, delta: input } },
    { part: { type: "tool-input-end", id: toolCallId } },
    { part: { type: "tool-call", toolCallId, toolName, input } },
  ];
}

export function source(url: string, title: string): Move {
  return { part: { type: "source", sourceType: "url", id: url, url, title } };
}

/** An image of one point. */
export function image(): Move {
  return { part: { type: "file", mediaType: "image/png", data: POINT } };
}

const POINT =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

export function errorPart(error: unknown): Move {
  return { part: { type: "error", error } };
}

export function finish(finishReason: FinishReason = "stop"): Move {
  return { part: { type: "finish", finishReason, usage } };
}
