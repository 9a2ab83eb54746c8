import { cloneJson, isJsonObject, type JsonObject } from "../../ground/json.ts";
import type { Toast } from "../../page-protocol/page-event.ts";
import { commitDraft, openDraft, rereadDraft } from "../cards/card-draft.ts";
import { isStreaming } from "../cards/card-entity.ts";
import { CardProblem } from "../cards/card-problem.ts";
import { readCard } from "../cards/read-card.ts";
import { cardReadContext } from "../world/card-read-context.ts";
import type { World } from "../world/world.ts";
import { INVALID_CARD, NO_ANSWER_IN_TIME } from "./callback-codes.ts";
import { type CardActionEvent, type Click, type ClickTarget, clickEvent } from "./click-event.ts";

/** A click that awaits the app's answer. The card is locked until the answer, for at most `rules.interactionLockMs`. */
export interface Interaction {
  /** Event that the app gets. */
  readonly event: CardActionEvent;
  /** True if the app can still answer: it has not yet, and the time is not up. */
  readonly isOpen: boolean;
  /** Gives the app's answer and unlocks the card. @param response body that the app returned to the callback. @defaultValue an empty object */
  answer(response?: JsonObject): CallbackVerdict;
  /** Ends the wait without an answer, because the app was not reached or answered with something unusable. @param code shown to the person. */
  fail(code: number): void;
}

/** Effect of an app's answer to a click. */
export interface CallbackVerdict {
  /** True if the answer came in time. */
  accepted: boolean;
  /** True if the answer brought a card and that took the place of the old one. While a card streams, it does not. */
  cardChanged: boolean;
  /** Error code that the person is shown: 200341 for a late answer, 200673 for a card that cannot be drawn. */
  code?: number;
}

/** Begins a click: locks the card, and makes the event that the app gets. */
export function beginInteraction(world: World, target: ClickTarget, click: Click): Interaction {
  const { message, entity } = target;
  const deadline = world.clock.now() + world.rules.interactionLockMs;
  const locked = entity ?? message;
  locked.lockedUntil = deadline;
  const event = clickEvent(world, target, click);
  const subject = {
    messageId: message.messageId,
    ...(entity === undefined ? {} : { cardId: entity.cardId }),
  };
  world.changes.emit({ type: "interaction-started", ...subject });
  let isAnswered = false;
  const isOpen = (): boolean => !isAnswered && world.clock.now() < deadline;
  const end = ({ code, toast }: { code?: number | undefined; toast?: Toast | undefined }): void => {
    world.changes.emit({
      type: "interaction-ended",
      eventId: event.header.event_id,
      ...subject,
      ...(code === undefined ? {} : { code }),
      ...(toast && { toast }),
    });
  };
  const unlock = (): void => {
    isAnswered = true;
    // A later click may have locked the card for longer.
    if (locked.lockedUntil === deadline) locked.lockedUntil = Number.NEGATIVE_INFINITY;
  };
  return {
    event,
    get isOpen() {
      return isOpen();
    },
    answer: (response = {}) => {
      if (!isOpen()) return { accepted: false, cardChanged: false, code: NO_ANSWER_IN_TIME };
      unlock();
      const verdict = applyResponse(world, target, response);
      end({ code: verdict.code, toast: toastIn(response) });
      return verdict;
    },
    fail: (code) => {
      if (!isOpen()) return;
      unlock();
      end({ code });
    },
  };
}

function toastIn({ toast }: JsonObject): Toast | undefined {
  if (!isJsonObject(toast) || typeof toast.content !== "string") return undefined;
  const i18n = isJsonObject(toast.i18n) ? Object.entries(toast.i18n) : [];
  return {
    type: TOAST_TYPES.find((type) => type === toast.type) ?? "info",
    content: toast.content,
    i18n: Object.fromEntries(i18n.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
  };
}

const TOAST_TYPES = ["info", "success", "error", "warning"] as const;

function applyResponse(world: World, target: ClickTarget, { card }: JsonObject): CallbackVerdict {
  if (card === undefined) return { accepted: true, cardChanged: false };
  const data = isJsonObject(card) && card.type === "raw" ? card.data : undefined;
  if (!isJsonObject(data)) return { accepted: true, cardChanged: false, code: INVALID_CARD };
  const { entity, message, app } = target;
  const now = world.clock.now();
  if (entity !== undefined && isStreaming(entity, now)) return { accepted: true, cardChanged: false };
  const context = cardReadContext(world, app, () => {});
  try {
    if (entity === undefined) {
      readCard(data, context);
      message.card = cloneJson(data);
      world.changes.emit({
        type: "message-changed",
        messageId: message.messageId,
        chatId: message.chat.chatId,
      });
    } else {
      const draft = openDraft(entity, context);
      draft.card = cloneJson(data);
      draft.repainted = "all";
      rereadDraft(draft);
      commitDraft(draft, now);
      world.changes.emit({ type: "card-changed", cardId: entity.cardId, operation: "click" });
    }
    return { accepted: true, cardChanged: true };
  } catch (error) {
    if (error instanceof CardProblem) return { accepted: true, cardChanged: false, code: INVALID_CARD };
    throw error;
  }
}
