import type { CardResult, Clock } from "@streamcard/core";
import { withinTimeOr } from "@streamcard/core/internal";
import { fieldsOf } from "../api/feishu-client.ts";
import type { ConversationMessage } from "./conversation-store.ts";

/** The run has ended by now; what it does not tell at once it does not tell at all. */
const PATIENCE_MS = 1_000;

/**
 * What an answer adds to its conversation: the messages of an AI SDK result, tool calls and approvals among them,
 * and else the text that the reader has.
 */
export async function responseMessages(
  result: CardResult,
  run: unknown,
  clock: Clock,
): Promise<readonly ConversationMessage[]> {
  const told =
    result.status === "finished"
      ? await withinTimeOr(clock, PATIENCE_MS, toldMessages(run), undefined)
      : undefined;
  if (told !== undefined && told.length > 0) return told;
  return result.text === "" ? [] : [{ role: "assistant", content: result.text }];
}

async function toldMessages(run: unknown): Promise<readonly ConversationMessage[] | undefined> {
  try {
    const result = fieldsOf(await run);
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
