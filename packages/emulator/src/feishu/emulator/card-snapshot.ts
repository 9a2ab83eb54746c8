import { cloneJson, type JsonObject } from "../../ground/json.ts";
import { type CardEntity, isStreaming, type OperationRecord } from "../cards/card-entity.ts";
import { chatListSummary } from "../cards/chat-list-summary.ts";
import type { StreamingPeriod } from "../cards/streaming-window.ts";
import { paintedText } from "../cards/typewriter.ts";
import type { World } from "../world/world.ts";

/** A component or text object of a card. */
export interface ElementSnapshot {
  /** `element_id` of the element; `undefined` if it has none. */
  readonly elementId: string | undefined;
  /** Tag of the element, such as `markdown` or `plain_text`. */
  readonly tag: string;
  /** Full text of the element; `undefined` if it has none. */
  readonly content: string | undefined;
  /** Beginning of the text that a client has typed out by now; all of it outside of streaming mode. */
  readonly painted: string | undefined;
}

/** A card entity as it is now. Times are in milliseconds of the emulator's clock. */
export interface CardSnapshot {
  readonly cardId: string;
  /** App that created the card. */
  readonly appId: string;
  /** Time at which the card was created. */
  readonly createdAt: number;
  /** Message that the card was sent in; `undefined` before it is sent. */
  readonly messageId: string | undefined;
  /** Chat that the card was sent to; `undefined` before it is sent. */
  readonly chatId: string | undefined;
  /** True if the card is in streaming mode now. */
  readonly streaming: boolean;
  /** Periods in which the card was in streaming mode, oldest first. */
  readonly streamingPeriods: readonly StreamingPeriod[];
  /** Number of accepted operations that set `streaming_mode` to false. */
  readonly finalizations: number;
  /** Sequence of the last accepted operation, 0 before the first. */
  readonly sequence: number;
  /** Line that the chat list shows for the card. */
  readonly summary: string;
  /** Card JSON 2.0 of the whole card. */
  readonly json: JsonObject;
  /** Components and text objects in document order, header first. */
  readonly elements: readonly ElementSnapshot[];
  /** Size that counts against `rules.maxBytes`. */
  readonly bytes: number;
  /** Number of components and text objects, which counts against `rules.maxElements`. */
  readonly elementCount: number;
  /** Number of tables, which counts against `rules.maxTables`. */
  readonly tableCount: number;
  /** Requests that made or addressed the card and reached the platform, refused ones too, oldest first. */
  readonly operations: readonly Readonly<OperationRecord>[];
}

/** Takes a copy of a card entity's state. */
export function cardSnapshot(entity: CardEntity, { clock, rules }: World): CardSnapshot {
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
    operations: operations.newest().map((operation) => ({ ...operation })),
  };
}
