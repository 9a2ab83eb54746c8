export type { Latency } from "./exchange/exchange.ts";
export {
  connectionReset,
  delayed,
  type FaultAnswer,
  hang,
  htmlPage,
  lostAnswer,
  platformError,
  rateLimited,
  serverError,
} from "./exchange/fault-answers.ts";
export type { FaultHandle, FaultScript } from "./exchange/faults.ts";
export type { Operation } from "./exchange/operation.ts";
export type { RequestRecord } from "./exchange/request-log.ts";
export type { OperationRecord } from "./feishu/cards/card-entity.ts";
export type { CardTemplate } from "./feishu/cards/card-template.ts";
export type { StreamingPeriod } from "./feishu/cards/streaming-window.ts";
export type { CardSnapshot, ElementSnapshot } from "./feishu/emulator/card-snapshot.ts";
export { createFeishuEmulator } from "./feishu/emulator/create-feishu-emulator.ts";
export type { FeishuEmulatorOptions } from "./feishu/emulator/emulator-options.ts";
export type {
  AppSnapshot,
  ChatSnapshot,
  Credentials,
  FeishuEmulator,
} from "./feishu/emulator/feishu-emulator.ts";
export type { MessageSnapshot } from "./feishu/emulator/message-snapshot.ts";
export type { DeliveryFetch } from "./feishu/events/http-channel.ts";
export type { Delivery } from "./feishu/events/outbox.ts";
export type { Subscription, SubscriptionOptions } from "./feishu/events/subscription.ts";
export type { CardActionEvent, Click } from "./feishu/people/click-event.ts";
export type { CallbackVerdict, Interaction } from "./feishu/people/interaction.ts";
export type { ReceiveMessageEvent, Utterance } from "./feishu/people/say.ts";
export { defaultFeishuRules, type FeishuRules } from "./feishu/rules/feishu-rules.ts";
export {
  type ListeningFeishuEmulator,
  type ListenOptions,
  startFeishuEmulator,
} from "./feishu/start-feishu-emulator.ts";
export type { AppOptions } from "./feishu/world/app.ts";
export type { WorldChange } from "./feishu/world/change.ts";
export type { ChatOptions } from "./feishu/world/chat.ts";
export type { History } from "./feishu/world/history.ts";
export type { Person, UserIds } from "./feishu/world/person.ts";
export type { Clock } from "./ground/clock.ts";
export type { JsonObject, JsonValue } from "./ground/json.ts";
