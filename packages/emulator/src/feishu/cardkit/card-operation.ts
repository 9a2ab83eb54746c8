import { hash } from "node:crypto";
import { type ApiCall, type ApiResult, param, success } from "../api/api-call.ts";
import { type BodyFields, bodyFields } from "../api/body-fields.ts";
import { type CardEntity, isStreaming } from "../cards/card-entity.ts";
import { asCardKitError, CardProblem } from "../cards/card-problem.ts";
import { businessLimit, cardKitError, gatewayLimit } from "../rules/platform-error.ts";

/** Effect of an accepted operation. A dropped one is answered as a success and changes nothing. */
export type Effect = "applied" | "dropped";

const MAX_SEQUENCE = 2_147_483_647;
const UUID_MEMORY_MS = 60 * 60 * 1000;

/** Reads the fields of a CardKit request. */
export function cardFields(call: ApiCall): BodyFields {
  return bodyFields(call.body, (field) => cardKitError(10002, `invalid parameter ${field}`));
}

/**
 * Carries out an operation on a card entity after the checks that all operations share: fields, entity, rate limit, lock,
 * uuid, sequence. The documents do not give their order. This one goes from cheap to expensive.
 *
 * @throws {PlatformError} when a check fails, or `operate` throws a `CardProblem`.
 */
export function performCardOperation(call: ApiCall, operate: (entity: CardEntity) => Effect): ApiResult {
  const fields = cardFields(call);
  const sequence = fields.integer("sequence");
  const uuid = fields.optionalString("uuid", { min: 1, max: 64 });
  if (sequence > MAX_SEQUENCE) throw cardKitError(10002, "invalid parameter sequence");

  const entity = findEntity(call);
  checkCardLimit(entity, call);
  if (call.now < entity.lockedUntil) throw cardKitError(200810, "card action is lock");
  if (uuid !== undefined && isRepeated(entity, uuid, call)) return success();
  checkSequence(entity, sequence, call);

  try {
    call.record.applied = operate(entity) === "applied";
  } catch (error) {
    if (call.world.rules.failedSequence === "used") entity.sequence = sequence;
    throw asRefusal(error);
  }
  entity.sequence = sequence;
  if (uuid !== undefined) entity.uuids.set(uuid, { fingerprint: fingerprintOf(call), time: call.now });
  showEntityAgain(entity, call);
  call.world.changes.emit({ type: "card-changed", cardId: entity.cardId, operation: call.record.operation });
  return success();
}

/** Converts a `CardProblem` to CardKit's refusal, and passes every other error through. */
export function asRefusal(error: unknown): unknown {
  return error instanceof CardProblem ? asCardKitError(error) : error;
}

function findEntity(call: ApiCall): CardEntity {
  const cardId = param(call, "card_id");
  if (cardId.length > 20) throw cardKitError(10002, "invalid parameter card_id");
  const { world, app, now } = call;
  const entity = world.cards.get(cardId);
  if (entity === undefined) throw cardKitError(200740, "cardEntity not exist");
  if (entity.appId !== app.appId) throw cardKitError(300311, "no permission to update card");
  if (now >= entity.expiresAt) throw cardKitError(200750, "cardEntity expired");
  return entity;
}

function checkCardLimit(entity: CardEntity, { world: { rules }, now }: ApiCall): void {
  const { cardLimit, cardLimitCode, cardLimitPerSecond } = rules;
  if (cardLimit === "never") return;
  if (cardLimit === "unless-streaming" && isStreaming(entity, now)) return;
  const waitMs = entity.window.waitMs(now);
  if (waitMs > 0) {
    throw cardLimitCode === 230020
      ? businessLimit({})
      : gatewayLimit(cardLimitPerSecond, Math.ceil(waitMs / 1000));
  }
  entity.window.add(now);
}

function isRepeated(entity: CardEntity, uuid: string, call: ApiCall): boolean {
  for (const [known, { time }] of entity.uuids) {
    if (call.now - time < UUID_MEMORY_MS) break;
    entity.uuids.delete(known);
  }
  const known = entity.uuids.get(uuid);
  if (known === undefined) return false;
  if (call.world.rules.uuidRepeat === "idempotent" && known.fingerprint === fingerprintOf(call)) return true;
  throw cardKitError(200770, "uuid conflict");
}

function fingerprintOf({ request, record }: ApiCall): string {
  return `${record.operation} ${request.path} ${hash("sha1", request.body)}`;
}

function checkSequence(entity: CardEntity, sequence: number, { world: { rules } }: ApiCall): void {
  const isNext =
    rules.sequenceGaps === "allowed" ? sequence > entity.sequence : sequence === entity.sequence + 1;
  if (!isNext) throw cardKitError(300317, "sequence number compare failed");
}

// Ends the effect of a message patch, which puts another card in the entity's place until the entity's next change.
function showEntityAgain(entity: CardEntity, { world }: ApiCall): void {
  const message = entity.messageId === undefined ? undefined : world.messages.get(entity.messageId);
  if (message !== undefined) message.card = undefined;
}
