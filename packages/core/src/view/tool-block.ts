import type { ToolBlock } from "../contract/card-block.ts";
import type { CutPart } from "../contract/card-result.ts";
import { CUT_MARK, headOfBytes, oneLine } from "../cut-text.ts";
import type { ToolCall } from "../run/run-part.ts";
import type { ToolOptions } from "./block-options.ts";

/** Longest input and longest output that are shown, in UTF-8 bytes. */
const MAX_DETAIL_BYTES = 2 * 1024;

const MAX_TITLE_CHARS = 60;

/** Options of a tool call's block. */
export interface ToolBlockParts {
  readonly options: ToolOptions;
  /** Index of the card, where the block may ask for an approval. */
  readonly askOn?: number | undefined;
  /** Called for each detail that was cut. */
  readonly onCut: (part: CutPart) => void;
}

/** Makes the block of a tool call. */
export function toolBlock(tool: ToolCall, id: string, { options, askOn, onCut }: ToolBlockParts): ToolBlock {
  const { status, startedAt, endedAt, approvalId = "" } = tool;
  const detail = (part: "input" | "output"): { input?: string; output?: string } => {
    const text = detailText(tool, part, options);
    if (text === undefined) return {};
    const head = headOfBytes(text, MAX_DETAIL_BYTES);
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

/** Finds a tool's name for the reader, on one line of at most 60 characters. */
export function toolTitle({ toolName, title }: ToolCall, { titles }: ToolOptions): string {
  const own = typeof titles === "function" ? attempt(() => titles(toolName)) : titles?.[toolName];
  const words = [own, title, toolName].find((name) => typeof name === "string" && name.trim() !== "") ?? "";
  return oneLine(words, MAX_TITLE_CHARS);
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

/** Writes a value as text; an error by its message, `undefined` for a value that has no JSON. */
function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.message;
  return attempt(() => JSON.stringify(value, withoutBytes, 2));
}

/** Replaces bytes by their number, because files among the results of a tool are not for reading. */
function withoutBytes(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return `(${value.length} bytes)`;
  return typeof value === "bigint" ? String(value) : value;
}

/** Calls the user's code; `undefined` where it throws. */
function attempt<Result>(call: () => Result): Result | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
