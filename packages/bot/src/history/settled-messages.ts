import type { ConversationMessage } from "./conversation-store.ts";
import { fieldsOf } from "./fields-of.ts";

/**
 * Leaves out the tool calls of a turn that have no result, for the histories of later turns. A person who was asked for
 * approval may write something else instead, and SDKs and providers refuse a history with a call that has no result.
 */
export function settledMessages(messages: readonly ConversationMessage[]): ConversationMessage[] {
  const parts = messages.flatMap(({ content }) => (typeof content === "string" ? [] : content.map(partOf)));
  const idsOf = (type: string): Set<unknown> =>
    new Set(parts.filter((part) => part.type === type).map(({ toolCallId }) => toolCallId));
  const answered = idsOf("tool-result");
  const open = new Set([...idsOf("tool-call")].filter((id) => !answered.has(id)));
  if (open.size === 0) return [...messages];
  const openApprovals = new Set(
    parts
      .filter(({ type, toolCallId }) => type === "tool-approval-request" && open.has(toolCallId))
      .map(({ approvalId }) => approvalId),
  );
  const isSettled = (item: object): boolean => {
    const { toolCallId, approvalId } = partOf(item);
    return !open.has(toolCallId) && !openApprovals.has(approvalId);
  };
  return messages.flatMap((message): ConversationMessage[] => {
    if (typeof message.content === "string") return [message];
    const content = message.content.filter(isSettled);
    return content.length === 0 ? [] : [{ ...message, content } as ConversationMessage];
  });
}

function partOf(item: object): Readonly<Record<string, unknown>> {
  return fieldsOf(item) ?? {};
}
