import type { Operation } from "../../exchange/operation.ts";
import type { OpenRequest } from "../../exchange/request-log.ts";
import { BoundedList } from "../../ground/bounded-list.ts";
import { isJsonObject, type JsonObject } from "../../ground/json.ts";
import { SlidingWindow } from "../../ground/sliding-window.ts";
import type { FeishuRules } from "../rules/feishu-rules.ts";
import type { CardReading } from "./read-card.ts";
import { StreamingWindow } from "./streaming-window.ts";
import type { Typing } from "./typewriter.ts";

/** A request that addressed a card. Times are in milliseconds of the emulator's clock. */
export interface OperationRecord {
  /** Kind of the request. */
  readonly operation: Operation;
  /** Time at which the request arrived. */
  readonly time: number;
  /** Time at which the answer reached the caller; `undefined` if it has not. */
  answeredAt: number | undefined;
  /** `sequence` of the request. */
  readonly sequence: number | undefined;
  /** Code of the platform's answer, 0 for success. */
  readonly code: number | undefined;
  /** True if the request changed the card. */
  readonly applied: boolean;
  /** Size of the request's body. */
  readonly requestBytes: number;
}

/** A card entity as the platform keeps it. Times are in milliseconds of the emulator's clock. */
export interface CardEntity {
  readonly cardId: string;
  readonly appId: string;
  readonly createdAt: number;
  expiresAt: number;
  readonly isFromTemplate: boolean;
  card: JsonObject;
  reading: CardReading;
  /** Sequence of the last accepted operation, 0 before the first. */
  sequence: number;
  /** Accepted operations by their uuid, oldest first. */
  readonly uuids: Map<string, { fingerprint: string; time: number }>;
  readonly streaming: StreamingWindow;
  /** Texts that clients are typing, by element id. */
  readonly typing: Map<string, Typing>;
  /** Rate limit of the card. */
  readonly window: SlidingWindow;
  /** End of the lock that a click puts on the card. */
  lockedUntil: number;
  messageId: string | undefined;
  chatId: string | undefined;
  readonly operations: BoundedList<OperationRecord>;
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

/** Makes a card entity whose history keeps its newest `maxOperations` operations. */
export function createCardEntity(card: NewCard, rules: FeishuRules, maxOperations: number): CardEntity {
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
    operations: new BoundedList(maxOperations),
    finalizations: 0,
  };
  if (streamingModeIn(card.card)) entity.streaming.open(card.createdAt);
  return entity;
}

/** Applies to a card what the passing of time has changed, and tells whether it is in streaming mode. */
export function isStreaming(entity: CardEntity, now: number): boolean {
  if (entity.streaming.isOpen(now)) return true;
  // A client shows the rest of a text at once when streaming mode ends.
  entity.typing.clear();
  if (entity.streaming.endedByTimeout && streamingModeIn(entity.card)) {
    entity.card = withStreamingMode(entity.card, false);
  }
  return false;
}

/** Reads `streaming_mode` from a card's JSON; `undefined` if the card does not set it. */
export function streamingModeIn({ config }: JsonObject): boolean | undefined {
  const mode = isJsonObject(config) ? config.streaming_mode : undefined;
  return typeof mode === "boolean" ? mode : undefined;
}

/** Adds a request to the history of a card. */
export function noteOperation(entity: CardEntity, request: OpenRequest): OperationRecord {
  const { operation, time, sequence, code, applied, requestBytes } = request;
  const record = { operation, time, answeredAt: undefined, sequence, code, applied, requestBytes };
  entity.operations.add(record);
  return record;
}

function withStreamingMode(card: JsonObject, mode: boolean): JsonObject {
  const settings = isJsonObject(card.config) ? card.config : {};
  return { ...card, config: { ...settings, streaming_mode: mode } };
}
