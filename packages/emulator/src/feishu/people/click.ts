import { cloneJson, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { commitDraft, openDraft, rereadDraft } from "../cards/card-draft.ts";
import { type CardEntity, isStreaming } from "../cards/card-entity.ts";
import { CardProblem } from "../cards/card-problem.ts";
import { readCard } from "../cards/read-card.ts";
import type { ReadContext } from "../cards/read-context.ts";
import type { App } from "../world/app.ts";
import type { Message } from "../world/message.ts";
import type { Person } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { type UserIds, userIds } from "./say.ts";

/** What a person does to a card. */
export interface Click {
  /** Id of the component. Says what the event carries, if `value` does not. */
  elementId?: string;
  /** What the app gave the component to send back. @defaultValue that of its callback behaviour, or an empty object */
  value?: JsonValue;
  /** What the person filled in, by name of the component. */
  formValue?: JsonObject;
  /** What the person chose, ticked or wrote in a component that is in no form; its action carries this. */
  input?: ClickInput;
  /** Open id of the person. @defaultValue the first person of the chat */
  from?: string;
}

export type ClickInput =
  | { option: string }
  | { options: string[] }
  | { checked: boolean }
  | { input_value: string };

/** What the person is told for a moment. */
export interface Toast {
  type: "info" | "success" | "error" | "warning";
  content: string;
  /** By locale, such as `"zh_cn"`. */
  i18n?: Readonly<Record<string, string>>;
}

/** See https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication */
export interface CardActionEvent {
  schema: "2.0";
  header: {
    event_id: string;
    event_type: "card.action.trigger";
    /** Microseconds, as text. */
    create_time: string;
    token: string;
    app_id: string;
    tenant_key: string;
  };
  event: {
    operator: UserIds & { tenant_key: string };
    token: string;
    action: {
      value: JsonValue;
      tag: string;
      timezone: string;
      name?: string;
      form_value?: JsonObject;
      option?: string;
      options?: string[];
      checked?: boolean;
      input_value?: string;
    };
    host: "im_message";
    context: { open_message_id: string; open_chat_id: string };
  };
}

/** A click that awaits the app's answer. Until then, for at most 3 seconds, the card cannot be changed. */
export interface Interaction {
  readonly event: CardActionEvent;
  /** Whether the app can still answer. Until it has, the card is locked. */
  readonly isOpen: boolean;
  /** Gives the app's answer: the body that it returned to the callback. */
  answer(response?: JsonObject): CallbackVerdict;
  /** There will be no answer: the app was not reached, or said something else. The person is told by this code. */
  fail(code: number): void;
}

export interface CallbackVerdict {
  /** Whether the answer came in time. */
  accepted: boolean;
  /** Whether the answer's card took the place of the old one. It does not while the card streams. */
  cardChanged: boolean;
  /** What the person is told went wrong. */
  code?: number;
}

/** Where the click happens. The entity is there if the message shows one. */
export interface ClickTarget {
  app: App;
  message: Message;
  entity: CardEntity | undefined;
  person: Person;
}

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
  const end = (told: { code?: number | undefined; toast?: Toast | undefined }): void => {
    const { code, toast } = told;
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
    // Another click may have come since, and lock the card for longer.
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

const NO_ANSWER_IN_TIME = 200341;
const INVALID_CARD = 200673;

function clickEvent(
  world: World,
  { app, message, entity, person }: ClickTarget,
  click: Click,
): CardActionEvent {
  const node = click.elementId === undefined ? undefined : entity?.reading.byId.get(click.elementId)?.node;
  const name = node?.name;
  const tag = node?.tag;
  return {
    schema: "2.0",
    header: {
      event_id: world.ids.hex(""),
      event_type: "card.action.trigger",
      create_time: String(Math.floor(world.clock.now() * 1000)),
      token: app.verificationToken,
      app_id: app.appId,
      tenant_key: world.tenantKey,
    },
    event: {
      operator: { tenant_key: world.tenantKey, ...userIds(app, person) },
      token: world.ids.hex("c-"),
      action: {
        value: click.value ?? callbackValue(node),
        tag: typeof tag === "string" ? tag : "button",
        timezone: "Asia/Shanghai",
        ...(typeof name === "string" ? { name } : {}),
        ...(click.formValue === undefined ? {} : { form_value: click.formValue }),
        ...click.input,
      },
      host: "im_message",
      context: { open_message_id: message.messageId, open_chat_id: message.chat.chatId },
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

function callbackValue(node: JsonObject | undefined): JsonValue {
  const behaviors = node?.behaviors;
  const callback = Array.isArray(behaviors)
    ? behaviors.find((behavior) => isJsonObject(behavior) && behavior.type === "callback")
    : undefined;
  return isJsonObject(callback) ? cloneJson(callback.value ?? {}) : {};
}

function applyResponse(world: World, target: ClickTarget, { card }: JsonObject): CallbackVerdict {
  if (card === undefined) return { accepted: true, cardChanged: false };
  const data = isJsonObject(card) && card.type === "raw" ? card.data : undefined;
  if (!isJsonObject(data)) return { accepted: true, cardChanged: false, code: INVALID_CARD };
  const { entity, message, app } = target;
  const now = world.clock.now();
  if (entity !== undefined && isStreaming(entity, now)) return { accepted: true, cardChanged: false };
  const context: ReadContext = {
    rules: world.rules,
    isKnownImage: (key) => world.images.get(key)?.appId === app.appId,
    warn: () => {},
  };
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
