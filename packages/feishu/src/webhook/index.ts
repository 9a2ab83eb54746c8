export {
  type ApprovalDecision,
  type ConversationMessage,
  type ConversationStore,
  type ConversationTurn,
  type DeliveryStore,
  type MemoryConversationStoreOptions,
  type MemoryDeliveryStore,
  memoryConversationStore,
  memoryDeliveryStore,
  type WaitUntil,
  type WhenBusy,
} from "@streamcard/bot";
export type { FeishuMessage } from "./feishu-message.ts";
export type {
  CardActionHandlers,
  CardActionResponse,
  Feedback,
  FeishuCardAction,
  MayAct,
  Toast,
} from "./feishu-types.ts";
export { type FeishuWebhook, type FeishuWebhookOptions, feishuWebhook } from "./feishu-webhook.ts";
export type { InboundOptions } from "./inbound-options.ts";
export type { MessageMention, MessageResource } from "./message-content.ts";
export type { MessageFacts, MessageTarget } from "./message-facts.ts";
export type { OtherEvent, Person } from "./parse-event.ts";
export type { ReplyOptions } from "./reply-options.ts";
export type { WebhookKeyOptions } from "./trust/webhook-keys.ts";
