import type { RequestRecord } from "../../exchange/request-log.ts";
import { isJsonObject, type JsonValue, utf8Bytes } from "../../ground/json.ts";
import type {
  CardUsage,
  InspectedOperation,
  InspectionEvent,
  InspectionStart,
} from "../../page-protocol/inspection-event.ts";
import { shownCard } from "../im/message-data.ts";
import type { Message } from "../world/message.ts";
import type { World } from "../world/world.ts";
import { shownEntity } from "./message-view.ts";

export interface InspectionParts {
  world: World;
  /** Lists the requests that have arrived, oldest first. */
  requests(): readonly RequestRecord[];
}

/**
 * Sends the state of one card, then every request that addresses the card or its message.
 *
 * @returns a function that ends the subscription.
 */
export function inspectCard(
  { world, requests }: InspectionParts,
  messageId: string,
  send: (event: InspectionEvent) => void,
): () => void {
  const message = world.messages.get(messageId);
  const entity = message === undefined ? undefined : shownEntity(world, message);
  const cardId = entity?.cardId;
  const isAbout = (request: RequestRecord): boolean =>
    request.messageId === messageId || (cardId !== undefined && request.cardId === cardId);
  const usage = (): CardUsage => usageOf(world, message);

  send({
    type: "inspection",
    cardId,
    openedAt: entity?.createdAt ?? message?.createdAt ?? world.clock.now(),
    now: world.clock.now(),
    limits: limitsOf(world),
    usage: usage(),
    operations: requests()
      .filter(isAbout)
      .map((request) => inspected(world, request)),
  });

  return world.changes.subscribe((change) => {
    if (change.type === "request-logged" && isAbout(change.request)) {
      send({ type: "operation", operation: inspected(world, change.request), usage: usage() });
    } else if (change.type === "card-changed" && change.cardId === cardId && change.operation === "click") {
      send({ type: "usage", usage: usage() });
    }
  });
}

function limitsOf({ rules }: World): InspectionStart["limits"] {
  const { maxBytes, maxElements, cardLimitPerSecond } = rules;
  return { bytes: maxBytes, elements: maxElements, operationsPerSecond: cardLimitPerSecond };
}

function usageOf(world: World, message: Message | undefined): CardUsage {
  if (message === undefined) return { bytes: 0, elements: 0 };
  const entity = shownEntity(world, message);
  if (entity !== undefined) return { bytes: entity.reading.bytes, elements: entity.reading.places.length };
  const card = shownCard(world, message);
  if (card === undefined) return { bytes: 0, elements: 0 };
  return { bytes: utf8Bytes(JSON.stringify(card)), elements: countTagged(card) };
}

// A card that came in its message has no reading as an entity has, so every object with a tag counts as an element.
function countTagged(value: JsonValue): number {
  if (typeof value !== "object" || value === null) return 0;
  const self = isJsonObject(value) && typeof value.tag === "string" ? 1 : 0;
  return Object.values(value).reduce<number>((sum, item) => sum + countTagged(item), self);
}

const COUNTED_OPERATIONS: ReadonlySet<string> = new Set(
  "update settings batch add replace patch delete content".split(" "),
);

function inspected({ rules }: World, request: RequestRecord): InspectedOperation {
  const { index, time, operation, elementId, sequence, requestBytes, code, msg, fault } = request;
  const isRefusedByLimit = code === rules.cardLimitCode;
  return {
    index,
    time,
    kind: operation,
    elementId,
    sequence,
    bytes: requestBytes,
    code,
    msg,
    fault,
    isCounted: COUNTED_OPERATIONS.has(operation) && !isRefusedByLimit,
  };
}
