import { type OutputInterface, streamText as sdkStreamText, type ToolSet } from "ai";
import { type Pipeable, pipeable } from "./pipeable.ts";

/**
 * The AI SDK's own `streamText()`, whose result can also be piped into a card. Typed for version 7.
 *
 * @throws {InvalidOptionError} when the SDK's own function gives something else than a result.
 * @example
 * await streamText({ model, prompt }).pipeTo(feishuCard({ to: "oc_…" }));
 */
export function streamText<
  Tools extends ToolSet,
  Context extends Record<string, unknown> = Record<string, unknown>,
  Output extends OutputInterface = OutputInterface<string, string, never>,
>(
  options: Parameters<typeof sdkStreamText<Tools, Context, Output>>[0],
): ReturnType<typeof sdkStreamText<Tools, Context, Output>> & Pipeable {
  return pipeable(sdkStreamText(options));
}
