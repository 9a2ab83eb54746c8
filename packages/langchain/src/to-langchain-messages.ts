import type { ConversationMessage } from "@streamcard/feishu/webhook";

/** What LangChain and LangGraph take for a message, in all of their versions: `BaseMessageLike`. */
export type LangChainMessageLike =
  | { role: "human"; content: string }
  | { role: "ai"; content: string; tool_calls?: LangChainToolCall[] }
  | { role: "tool"; content: string; tool_call_id: string; name?: string };

type LangChainToolCall = { type: "tool_call"; id: string; name: string; args: Record<string, unknown> };

/**
 * The history of a conversation as messages of LangChain: `await agent.invoke({ messages: toLangChainMessages(history) })`.
 *
 * Tool calls that never got a result are left out, because providers refuse them; so is what a model thought.
 *
 * @param history What `message.history()` of a webhook gives, or `ModelMessage[]` of the AI SDK.
 */
export function toLangChainMessages(history: readonly ConversationMessage[]): LangChainMessageLike[] {
  const answered = new Set(
    history.flatMap(({ content }) => partsOf(content, "tool-result").map(({ toolCallId }) => toolCallId)),
  );
  return history.flatMap(({ role, content }): LangChainMessageLike[] => {
    if (role === "user") return [{ role: "human", content: textOf(content) }];
    if (role === "tool") return partsOf(content, "tool-result").flatMap(toolMessage);
    const calls = partsOf(content, "tool-call").filter(({ toolCallId }) => answered.has(toolCallId));
    const text = textOf(content);
    if (calls.length === 0) return text === "" ? [] : [{ role: "ai", content: text }];
    // What a provider has carried out itself has its result beside the call.
    const results = partsOf(content, "tool-result").flatMap(toolMessage);
    return [{ role: "ai", content: text, tool_calls: calls.map(toolCall) }, ...results];
  });
}

type Part = Readonly<Record<string, unknown>>;

function partsOf(content: ConversationMessage["content"], type: string): Part[] {
  if (typeof content === "string") return [];
  return content.map((part) => part as Part).filter((part) => part.type === type);
}

function textOf(content: ConversationMessage["content"]): string {
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

/** Outputs are `{ type, value }`; one that was denied has a reason, or none. */
function outputText(output: unknown): string {
  if (typeof output !== "object" || output === null) return String(output ?? "");
  const { type, value = output, reason } = output as Part;
  if (type === "execution-denied") return typeof reason === "string" ? reason : "The tool call was denied.";
  return typeof value === "string" ? value : JSON.stringify(value);
}
