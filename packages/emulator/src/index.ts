export type { OperationRecord } from "./cardkit/card-entity.ts";
export type { CardSnapshot, ElementSnapshot } from "./cardkit/card-snapshot.ts";
export type { CardTemplate } from "./cardkit/card-template.ts";
export type { CallbackVerdict, CardActionEvent, Click, Interaction } from "./cardkit/click.ts";
export type { StreamingPeriod } from "./cardkit/streaming-window.ts";
export type { Clock } from "./clock.ts";
export { createFeishuEmulator } from "./create-feishu-emulator.ts";
export type { FeishuEmulatorOptions, History } from "./emulator-options.ts";
export type { DeliveryFetch } from "./events/http-channel.ts";
export type { Delivery } from "./events/outbox.ts";
export type { Subscription, SubscriptionOptions } from "./events/subscription.ts";
export type { Latency } from "./exchange.ts";
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
} from "./fault-answers.ts";
export type { FaultHandle, FaultScript } from "./faults.ts";
export type { AppSnapshot, ChatSnapshot, Credentials, FeishuEmulator } from "./feishu-emulator.ts";
export { defaultFeishuRules, type FeishuRules } from "./feishu-rules.ts";
export type { Operation } from "./gateway/routes.ts";
export type { MessageSnapshot } from "./im/message-snapshot.ts";
export type { ReceiveMessageEvent, UserIds, Utterance } from "./im/say.ts";
export type { JsonObject, JsonValue } from "./json.ts";
export type { RequestRecord } from "./request-log.ts";
export {
  type ListeningFeishuEmulator,
  type ListenOptions,
  startFeishuEmulator,
} from "./start-feishu-emulator.ts";
export type { AppOptions } from "./world/app.ts";
export type { WorldChange } from "./world/change.ts";
export type { ChatOptions } from "./world/chat.ts";
export type { Person } from "./world/person.ts";
