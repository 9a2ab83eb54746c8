import type { CardResult, Clock } from "@streamcard/core";
import { withinTimeOr } from "@streamcard/core/internal";
import type { ConversationMessage } from "./conversation-store.ts";
import { fieldsOf } from "./fields-of.ts";

/** Longest wait for a result's messages, in milliseconds. Short, because the run has ended by then. */
const MAX_WAIT_MS = 1_000;

/**
 * Lists the messages that an answer adds to its conversation: those of an AI SDK result, with its tool calls and
 * approvals, or the text that the reader has.
 *
 * @param source The run that was shown: a result, a stream, or a promise of one.
 */
export async function responseMessages(
  result: CardResult,
  source: unknown,
  clock: Clock,
): Promise<readonly ConversationMessage[]> {
  const own =
    result.status === "finished"
      ? await withinTimeOr(clock, MAX_WAIT_MS, messagesOf(source), undefined)
      : undefined;
  if (own !== undefined && own.length > 0) return own;
  return result.text === "" ? [] : [{ role: "assistant", content: result.text }];
}

async function messagesOf(source: unknown): Promise<readonly ConversationMessage[] | undefined> {
  try {
    const result = fieldsOf(await source);
    if (result === undefined) return undefined;
    // Version 7 has the one, 5 and 6 the other; a stream of text has neither.
    const messages =
      "responseMessages" in result
        ? await result.responseMessages
        : "response" in result
          ? fieldsOf(await result.response)?.messages
          : undefined;
    return Array.isArray(messages) && messages.every(isMessage) ? messages : undefined;
  } catch {
    // A result whose run was cut short rejects here, and the card has said so.
    return undefined;
  }
}

function isMessage(value: unknown): value is ConversationMessage {
  const { role, content } = fieldsOf(value) ?? {};
  return (role === "assistant" || role === "tool") && (typeof content === "string" || Array.isArray(content));
}
