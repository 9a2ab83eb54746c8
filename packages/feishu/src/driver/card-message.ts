import type { ApiName } from "../api/api-budgets.ts";
import type { FeishuApi } from "../api/feishu-api.ts";
import { fieldsOf, stringOf } from "../api/feishu-client.ts";
import { FeishuApiError, FeishuTransportError } from "../api/feishu-error.ts";
import type { ReceiveIdType } from "./receive-id.ts";

export interface ReceiverTarget {
  readonly type: "receiver";
  readonly receiveId: string;
  readonly receiveIdType: ReceiveIdType;
}

interface ReplyTarget {
  readonly type: "reply";
  readonly messageId: string;
  readonly inThread: boolean;
  /** Receiver of the message when the one to reply to was recalled. */
  readonly fallback?: ReceiverTarget | undefined;
}

/** Target of a message: a receiver, or a message to reply to. */
export type CardTarget = ReceiverTarget | ReplyTarget;

export interface Message {
  readonly attempt: string;
  readonly msgType: "interactive" | "text";
  readonly content: Record<string, unknown>;
  /** Id of the message, at most 50 characters. Within an hour the platform sends the same id once. */
  readonly uuid: string;
  /** True once the platform has refused a message for the rate of messages in its chat. */
  readonly isCrowded: boolean;
  readonly isWanted?: (() => boolean) | undefined;
}

/** Sends a message, or replies with it. @returns the message id. */
export async function sendMessage(api: FeishuApi, target: CardTarget, message: Message): Promise<string> {
  if (target.type === "receiver") return send(api, target, message);
  try {
    return await reply(api, target, message);
  } catch (error) {
    const isTargetGone = error instanceof FeishuApiError && error.outcome === "gone";
    if (!isTargetGone || target.fallback === undefined) throw error;
    return send(api, target.fallback, message);
  }
}

/** @see https://open.feishu.cn/document/server-docs/im-v1/message/create */
async function send(
  api: FeishuApi,
  { receiveId, receiveIdType }: ReceiverTarget,
  message: Message,
): Promise<string> {
  return deliver(api, message, {
    api: "send",
    chats: [receiveId],
    path: `/open-apis/im/v1/messages?receive_id_type=${receiveIdType}`,
    address: { receive_id: receiveId },
  });
}

/** @see https://open.feishu.cn/document/server-docs/im-v1/message/reply */
async function reply(
  api: FeishuApi,
  { messageId, inThread }: ReplyTarget,
  message: Message,
): Promise<string> {
  return deliver(api, message, {
    api: "reply",
    // Replies that were refused for their rate may be in one chat, so they share a budget.
    chats: message.isCrowded ? [messageId, "crowded"] : [messageId],
    path: `/open-apis/im/v1/messages/${messageId}/reply`,
    address: { reply_in_thread: inThread },
  });
}

interface Delivery {
  readonly api: ApiName;
  /** Keys of the budgets that limit it: the chat, or the message that it replies to, whose chat is unknown. */
  readonly chats: readonly string[];
  readonly path: string;
  readonly address: Record<string, unknown>;
}

async function deliver(
  feishu: FeishuApi,
  { attempt, msgType, content, uuid, isWanted }: Message,
  { api, chats, path, address }: Delivery,
): Promise<string> {
  const answer = await feishu.call({
    api,
    chats,
    attempt,
    ...(isWanted !== undefined && { isWanted }),
    method: "POST",
    path,
    body: { ...address, msg_type: msgType, content: JSON.stringify(content), uuid },
  });
  const messageId = stringOf(fieldsOf(answer.data)?.message_id);
  if (messageId !== undefined) return messageId;
  throw new FeishuTransportError({ attempt, reason: "the answer holds no message_id", mayHaveArrived: true });
}
