export type { WaitUntil } from "./background.ts";
export { Bot, type BotParts, type Click, type ClickReply, type RequestScope } from "./bot.ts";
export { type BotOptions, checkBotOptions } from "./bot-options.ts";
export type { ButtonAction, ButtonPress } from "./clicks/button-press.ts";
export { type ClickListener, possibleActions } from "./clicks/click-listener.ts";
export type { ClickOptions, Feedback } from "./clicks/click-options.ts";
export type { MayAct } from "./clicks/may-act.ts";
export { type KnownRun, RunRegistry } from "./clicks/run-registry.ts";
export { type ToastLevel, toastLevels } from "./clicks/toast-levels.ts";
export { type DeliveryStore, type MemoryDeliveryStore, memoryDeliveryStore } from "./delivery-store.ts";
export { type ConversationPlace, conversationIdOf } from "./history/conversation-id.ts";
export {
  type ConversationMessage,
  type ConversationStore,
  type ConversationTurn,
  type MemoryConversationStoreOptions,
  memoryConversationStore,
} from "./history/conversation-store.ts";
export type { ApprovalDecision } from "./history/conversations.ts";
export type { Answerable } from "./messages/answerable-message.ts";
export type { MessageOptions } from "./messages/message-options.ts";
export type { MessagePolicy } from "./messages/message-policy.ts";
export type { WhenBusy } from "./messages/run-queue.ts";
export type { Answer, BotPlatform, MarkedCard } from "./platform/bot-platform.ts";
export type { BotMessage, BotResource, PlatformTypes } from "./platform/platform-types.ts";
