import { describeValue } from "../describe-value.ts";
import { InvalidOptionError } from "../errors.ts";
import { answerFieldOf, isLaneSource, isLanes, isPlainObject } from "./source-shape.ts";

/** Makes the error for a value that is no source: it says what was received, and what to give in its place. */
export function sourceError(value: unknown): InvalidOptionError {
  const advice = adviceFor(value);
  return new InvalidOptionError(
    "A card shows the result of streamText(), generateText() or an agent's stream(), a stream of parts or text, a text, " +
      `a promise of one of these, or what a function makes of these; received ${describeValue(value)}.${advice && ` ${advice}`}`,
  );
}

function adviceFor(value: unknown): string {
  if (value === undefined) return "A function source must return its run.";
  if (typeof value !== "object" || value === null) return "";
  if (Array.isArray(value)) return "Give several sources by name: { name: source }.";
  if (value instanceof Error) return showFailure;
  if ("arrayBuffer" in value && "body" in value) return "Pass its body.";
  if ("textStream" in value) return "Pass its textStream.";
  return isPlainObject(value) ? adviceForFields(value) : "";
}

function adviceForFields(value: Readonly<Record<string, unknown>>): string {
  if (isLanes(value)) return "Give lanes at once: no function and no promise brings them.";
  const names = Object.keys(value);
  if (names.length === 0) return "Lanes need at least one source.";
  const isLane = (name: string) => isLaneSource(value[name]);
  const reserved = answerFieldOf(value);
  if (reserved !== undefined && names.every(isLane)) return `No lane can be named "${reserved}".`;
  if ("error" in value) return showFailure;
  if (["choices", "candidates", "message", "output"].some((name) => name in value)) {
    return "Pass the text of a whole answer as a string, or ask for a stream.";
  }
  const wrong = names.find((name) => !isLane(name));
  const hasLanes = names.some((name) => isLane(name) || typeof value[name] === "string");
  if (wrong === undefined || !hasLanes) return "";
  return `A lane is a function, a promise, a stream or a result; "${wrong}" is ${describeValue(value[wrong])}.`;
}

const showFailure = "Show a failure with card.fail(error).";
