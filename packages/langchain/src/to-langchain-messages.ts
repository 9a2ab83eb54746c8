/** A message of a conversation, in the shape of the AI SDK's `ModelMessage`: an item of `message.history()`. */
export interface HistoryMessage {
  readonly role: "user" | "assistant" | "tool";
  readonly content: string | readonly object[];
}

/** A message as LangChain and LangGraph take it in all of their versions: their `BaseMessageLike`. */
export type LangChainMessageLike =
  | { role: "human"; content: string }
  | { role: "ai"; content: string; tool_calls?: LangChainToolCall[] }
  | { role: "tool"; content: string; tool_call_id: string; name?: string };

type LangChainToolCall = { type: "tool_call"; id: string; name: string; args: Record<string, unknown> };

/**
 * Translates the history of a conversation into messages of LangChain.
 *
 * Tool calls that never got a result are left out, because providers refuse them; so is reasoning.
 *
 * @param history The messages of a webhook's `message.history()`, or `ModelMessage[]` of the AI SDK without system
 * messages.
 * @example
 * await agent.invoke({ messages: toLangChainMessages(await message.history()) });
 */
export function toLangChainMessages(history: readonly HistoryMessage[]): LangChainMessageLike[] {
  const answered = new Set(
    history.flatMap(({ content }) => partsOf(content, "tool-result").map(({ toolCallId }) => toolCallId)),
  );
  return history.flatMap(({ role, content }): LangChainMessageLike[] => {
    if (role === "user") return [{ role: "human", content: textOf(content) }];
    if (role === "tool") return partsOf(content, "tool-result").flatMap(toolMessage);
    const calls = partsOf(content, "tool-call").filter(({ toolCallId }) => answered.has(toolCallId));
    const text = textOf(content);
    if (calls.length === 0) return text === "" ? [] : [{ role: "ai", content: text }];
    // A tool that the provider ran by itself has its result beside the call.
    const results = partsOf(content, "tool-result").flatMap(toolMessage);
    return [{ role: "ai", content: text, tool_calls: calls.map(toolCall) }, ...results];
  });
}

type Part = Readonly<Record<string, unknown>>;

function partsOf(content: HistoryMessage["content"], type: string): Part[] {
  if (typeof content === "string") return [];
  return content.map((part) => part as Part).filter((part) => part.type === type);
}

function textOf(content: HistoryMessage["content"]): string {
  if (typeof content === "string") return content;
  return partsOf(content, "text")
    .map(({ text }) => String(text))
    .join("");
}

function toolCall({ toolCallId, toolName, input }: Part): LangChainToolCall {
  const args = typeof input === "object" && input !== null ? (input as Record<string, unknown>) : {};
  return { type: "tool_call", id: String(toolCallId), name: String(toolName), args };
}

function toolMessage({ toolCallId, toolName, output }: Part): LangChainMessageLike[] {
  if (typeof toolCallId !== "string") return [];
  return [
    {
      role: "tool",
      content: outputText(output),
      tool_call_id: toolCallId,
      ...(typeof toolName === "string" && { name: toolName }),
    },
  ];
}

/** Reads the text of an output `{ type, value }`; that of a denied call is its reason, if it has one. */
function outputText(output: unknown): string {
  if (typeof output !== "object" || output === null) return String(output ?? "");
  const { type, value = output, reason } = output as Part;
  if (type === "execution-denied") return typeof reason === "string" ? reason : "The tool call was denied.";
  return typeof value === "string" ? value : JSON.stringify(value);
}
