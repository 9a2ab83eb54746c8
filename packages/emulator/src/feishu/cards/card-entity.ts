import type { OpenRequest } from "../../exchange/request-log.ts";
import { isJsonObject, type JsonObject } from "../../ground/json.ts";
import { SlidingWindow } from "../../ground/sliding-window.ts";
import type { Operation } from "../gateway/routes.ts";
import type { FeishuRules } from "../rules/feishu-rules.ts";
import type { CardReading } from "./read-card.ts";
import { StreamingWindow } from "./streaming-window.ts";
import type { Typing } from "./typewriter.ts";

/** One request that addressed a card. Times are in milliseconds of the emulator's clock. */
export interface OperationRecord {
  readonly operation: Operation;
  /** When it arrived. */
  readonly time: number;
  /** When its answer reached the caller. */
  answeredAt: number | undefined;
  readonly sequence: number | undefined;
  readonly code: number | undefined;
  readonly applied: boolean;
  readonly requestBytes: number;
}

/** A card entity as the platform keeps it. */
export interface CardEntity {
  readonly cardId: string;
  readonly appId: string;
  readonly createdAt: number;
  expiresAt: number;
  readonly isFromTemplate: boolean;
  card: JsonObject;
  reading: CardReading;
  /** That of the last accepted operation. */
  sequence: number;
  /** What was done under which uuid. */
  readonly uuids: Map<string, { fingerprint: string; time: number }>;
  readonly streaming: StreamingWindow;
  /** Texts that clients are typing, by element id. */
  readonly typing: Map<string, Typing>;
  readonly window: SlidingWindow;
  lockedUntil: number;
  messageId: string | undefined;
  chatId: string | undefined;
  operations: OperationRecord[];
  /** Accepted operations that switched streaming mode off. */
  finalizations: number;
}

export interface NewCard {
  cardId: string;
  appId: string;
  createdAt: number;
  isFromTemplate: boolean;
  card: JsonObject;
  reading: CardReading;
}

export function createCardEntity(card: NewCard, rules: FeishuRules): CardEntity {
  const entity: CardEntity = {
    ...card,
    expiresAt: card.createdAt + rules.cardLifetimeMs,
    sequence: 0,
    uuids: new Map(),
    streaming: new StreamingWindow(rules),
    typing: new Map(),
    window: new SlidingWindow(rules.cardLimitPerSecond, 1000),
    lockedUntil: Number.NEGATIVE_INFINITY,
    messageId: undefined,
    chatId: undefined,
    operations: [],
    finalizations: 0,
  };
  if (saysStreaming(card.card)) entity.streaming.open(card.createdAt);
  return entity;
}

/** Brings a card up to date with what time alone has done to it, and says whether it is streaming. */
export function isStreaming(entity: CardEntity, now: number): boolean {
  if (entity.streaming.isOpen(now)) return true;
  // A client shows the rest of a text at once when streaming mode ends.
  entity.typing.clear();
  if (entity.streaming.endedByTimeout && saysStreaming(entity.card)) {
    entity.card = withStreamingMode(entity.card, false);
  }
  return false;
}

/** Whether a card asks for streaming mode; `undefined` if it does not mention it. */
export function saysStreaming({ config }: JsonObject): boolean | undefined {
  const mode = isJsonObject(config) ? config.streaming_mode : undefined;
  return typeof mode === "boolean" ? mode : undefined;
}

/** Adds a request to the history of a card, of which the newest `max` are kept. */
export function noteOperation(entity: CardEntity, request: OpenRequest, max: number): OperationRecord {
  const { operation, time, sequence, code, applied, requestBytes } = request;
  const record = { operation, time, answeredAt: undefined, sequence, code, applied, requestBytes };
  entity.operations.push(record);
  if (entity.operations.length >= 2 * max) entity.operations = entity.operations.slice(-max);
  return record;
}

function withStreamingMode(card: JsonObject, mode: boolean): JsonObject {
  const settings = isJsonObject(card.config) ? card.config : {};
  return { ...card, config: { ...settings, streaming_mode: mode } };
}
