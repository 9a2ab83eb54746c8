import { isSourceStream, type SourceStream } from "../sources/open-stream.ts";
import type { LaneSource } from "./card-source.ts";
import type { GeneratedRun } from "./run-result.ts";

/** The kinds of sources that are read in different ways, and `"none"` for a value that is no source. */
export type SourceShape = "text" | "function" | "promise" | "stream" | "result" | "lanes" | "none";

/**
 * Fields of providers' and frameworks' answers. An object that has one is an answer, a result or an agent, and never a
 * set of lanes, whatever its fields hold.
 */
const answerFields: readonly string[] = [
  "error",
  "choices",
  "candidates",
  "message",
  "output",
  "stream",
  "response",
  "fullStream",
  "textStream",
  "steps",
];

/** Tells what kind of source a value is. Reads no getter, because reading a result's stream splits it. */
export function shapeOf(value: unknown): SourceShape {
  const shape = singleShapeOf(value);
  return shape === "none" && isLanes(value) ? "lanes" : shape;
}

/** Tells the kind of a single source, which is all that a lane can hold. */
function singleShapeOf(value: unknown): Exclude<SourceShape, "lanes"> {
  if (typeof value === "string") return "text";
  if (typeof value === "function") return "function";
  // Before promises: the stream of LangChain's `streamEvents()` is also a promise of its whole answer.
  if (isSourceStream(value)) return "stream";
  if (typeof value !== "object" || value === null) return "none";
  if ("then" in value && typeof value.then === "function") return "promise";
  const hasStream = "fullStream" in value ? mayBeStream(value, "fullStream") : mayBeStream(value, "stream");
  return hasStream || isGeneratedRun(value) ? "result" : "none";
}

/** Tells whether a value is a plain object all of whose fields can be lanes. */
export function isLanes(value: unknown): value is Readonly<Record<string, LaneSource>> {
  if (!isPlainObject(value) || answerFields.some((name) => name in value)) return false;
  const fields = Object.values(Object.getOwnPropertyDescriptors(value));
  return fields.length > 0 && fields.every((field) => "value" in field && isLaneSource(field.value));
}

export function isLaneSource(value: unknown): value is LaneSource {
  const shape = singleShapeOf(value);
  return shape !== "text" && shape !== "none";
}

/** @returns The first field for whose name an object is taken for an answer. */
export function answerFieldOf(value: object): string | undefined {
  return answerFields.find((name) => name in value);
}

/** @returns The stream of a result, read once, because each access splits it anew; `undefined` if it has none. */
export function streamOfResult(result: object): SourceStream | undefined {
  // Version 7 of the AI SDK has both names, and will drop the older one.
  const stream = "fullStream" in result ? result.fullStream : "stream" in result ? result.stream : undefined;
  return isSourceStream(stream) ? stream : undefined;
}

export function isGeneratedRun(value: object): value is GeneratedRun {
  return "finishReason" in value && "steps" in value && Array.isArray(value.steps);
}

/** Takes every getter for a stream, unread. A method, such as an agent's `stream()`, is none. */
function mayBeStream(object: object, name: string): boolean {
  for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at)) {
    const property = Object.getOwnPropertyDescriptor(at, name);
    if (property !== undefined) return "value" in property ? isSourceStream(property.value) : true;
  }
  return false;
}

/** Tells objects without a class, those of another realm included. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
