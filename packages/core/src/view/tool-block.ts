import type { ToolBlock } from "../contract/card-block.ts";
import type { CutPart } from "../contract/card-result.ts";
import { CUT_MARK, headOfBytes, oneLine } from "../cut-text.ts";
import type { ToolCall } from "../run/run-part.ts";
import type { ToolOptions } from "./block-options.ts";

/** Of a tool's input and of its output, so much is shown, in UTF-8 bytes. */
const DETAIL_BYTES = 2 * 1024;

const TITLE_LENGTH = 60;

export interface ToolBlockParts {
  readonly options: ToolOptions;
  /** Which of the run's cards it stands on, where its approval is asked for there. */
  readonly askOn?: number | undefined;
  /** Told of what was cut. */
  readonly onCut: (part: CutPart) => void;
}

/** A tool call as the reader sees it. */
export function toolBlock(tool: ToolCall, id: string, { options, askOn, onCut }: ToolBlockParts): ToolBlock {
  const { status, startedAt, endedAt, approvalId = "" } = tool;
  const detail = (part: "input" | "output"): { input?: string; output?: string } => {
    const text = detailText(tool, part, options);
    if (text === undefined) return {};
    const head = headOfBytes(text, DETAIL_BYTES);
    if (head.length === text.length) return { [part]: text };
    onCut(`tool-${part}`);
    return { [part]: `${head}${CUT_MARK}` };
  };
  return {
    type: "tool",
    id,
    title: toolTitle(tool, options),
    status,
    ...(endedAt !== undefined && { durationMs: Math.max(0, endedAt - startedAt) }),
    ...detail("input"),
    ...detail("output"),
    ...(askOn !== undefined &&
      status === "waiting" &&
      approvalId !== "" && { approval: { approvalId, card: askOn } }),
  };
}

/** What a reader calls a tool: never more than fits a line. */
export function toolTitle({ toolName, title }: ToolCall, { titles }: ToolOptions): string {
  const own = typeof titles === "function" ? attempt(() => titles(toolName)) : titles?.[toolName];
  const words = [own, title, toolName].find((name) => typeof name === "string" && name.trim() !== "") ?? "";
  return oneLine(words, TITLE_LENGTH);
}

function detailText(
  tool: ToolCall,
  part: "input" | "output",
  { details = true, mask }: ToolOptions,
): string | undefined {
  if (!details) return undefined;
  const value = tool[part];
  if (value === undefined) return undefined;
  const shown = mask === undefined ? value : attempt(() => mask(value, { toolName: tool.toolName, part }));
  if (shown === undefined) return undefined;
  const text = asText(shown);
  return text === undefined || text.trim() === "" ? undefined : text.toWellFormed();
}

/** Errors say what they are in their message; what cannot be written as JSON is left out. */
function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.message;
  return attempt(() => JSON.stringify(value, withoutBytes, 2));
}

/** Files among the results of a tool are not for reading. */
function withoutBytes(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return `(${value.length} bytes)`;
  return typeof value === "bigint" ? String(value) : value;
}

/** Calls what is the user's, or may be: what it throws costs no more than what it would have shown. */
function attempt<Result>(call: () => Result): Result | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
