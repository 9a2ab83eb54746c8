export type { WaitUntil } from "./background.ts";
export type { CardActionHandlers, Feedback, FeishuCardAction, MayAct } from "./card-action.ts";
export {
  type ConversationMessage,
  type ConversationStore,
  type ConversationTurn,
  type MemoryConversationStoreOptions,
  memoryConversationStore,
} from "./conversation-store.ts";
export type { ApprovalDecision } from "./conversations.ts";
export { type DeliveryStore, type MemoryDeliveryStore, memoryDeliveryStore } from "./delivery-store.ts";
export type { FeishuMessage, MessageFacts, MessageTarget } from "./feishu-message.ts";
export { type FeishuWebhook, type FeishuWebhookOptions, feishuWebhook } from "./feishu-webhook.ts";
export type { InboundOptions, ReplyOptions } from "./inbound-options.ts";
export type { MessageMention, MessageResource } from "./message-content.ts";
export type { OtherEvent, Person } from "./parse-event.ts";
export type { WhenBusy } from "./run-queue.ts";
export type { CardActionResponse, Toast } from "./toasts.ts";
export type { WebhookKeyOptions } from "./trust/webhook-keys.ts";
