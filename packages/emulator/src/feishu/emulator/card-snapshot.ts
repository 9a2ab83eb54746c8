import { cloneJson, type JsonObject } from "../../ground/json.ts";
import { type CardEntity, isStreaming, type OperationRecord } from "../cards/card-entity.ts";
import { chatListSummary } from "../cards/chat-list-summary.ts";
import type { StreamingPeriod } from "../cards/streaming-window.ts";
import { paintedText } from "../cards/typewriter.ts";
import type { World } from "../world/world.ts";

/** A component or text object of a card. */
export interface ElementSnapshot {
  readonly elementId: string | undefined;
  readonly tag: string;
  /** The text, if it is an element that has one. */
  readonly content: string | undefined;
  /** What of the text a client's screen shows now. */
  readonly painted: string | undefined;
}

/** A card entity as it is now. Times are in milliseconds of the emulator's clock. */
export interface CardSnapshot {
  readonly cardId: string;
  readonly appId: string;
  readonly createdAt: number;
  /** The message that shows it, once it was sent. */
  readonly messageId: string | undefined;
  readonly chatId: string | undefined;
  /** Whether it is in streaming mode now. */
  readonly streaming: boolean;
  /** Every time it was. */
  readonly streamingPeriods: readonly StreamingPeriod[];
  /** Accepted operations that switched streaming mode off, or said it is off. */
  readonly finalizations: number;
  /** That of the last accepted operation; 0 before the first. */
  readonly sequence: number;
  /** The line that the chat list shows. */
  readonly summary: string;
  readonly json: JsonObject;
  /** In document order, header first. */
  readonly elements: readonly ElementSnapshot[];
  readonly bytes: number;
  readonly elementCount: number;
  readonly tableCount: number;
  /** Every request that addressed it and got as far as the platform, refused ones too, oldest first. */
  readonly operations: readonly Readonly<OperationRecord>[];
}

export function cardSnapshot(entity: CardEntity, { clock, rules, maxOperations }: World): CardSnapshot {
  const now = clock.now();
  const streaming = isStreaming(entity, now);
  const { card, reading, operations } = entity;
  return {
    cardId: entity.cardId,
    appId: entity.appId,
    createdAt: entity.createdAt,
    messageId: entity.messageId,
    chatId: entity.chatId,
    streaming,
    streamingPeriods: entity.streaming.periods,
    finalizations: entity.finalizations,
    sequence: entity.sequence,
    summary: chatListSummary(card, reading, streaming ? rules.summaryWhileStreaming : undefined),
    json: cloneJson(card),
    elements: reading.places.map(({ node, tag, elementId }) => {
      const content = typeof node.content === "string" ? node.content : undefined;
      const typing = elementId === undefined ? undefined : entity.typing.get(elementId);
      return { elementId, tag, content, painted: typing === undefined ? content : paintedText(typing, now) };
    }),
    bytes: reading.bytes,
    elementCount: reading.places.length,
    tableCount: reading.tables,
    operations: operations.slice(-maxOperations).map((operation) => ({ ...operation })),
  };
}
