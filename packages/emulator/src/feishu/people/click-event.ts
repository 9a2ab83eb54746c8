import { cloneJson, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { ClickInput } from "../../page-protocol/page-event.ts";
import type { CardEntity } from "../cards/card-entity.ts";
import type { App } from "../world/app.ts";
import type { Message } from "../world/message.ts";
import { type Person, type UserIds, userIds } from "../world/person.ts";
import type { World } from "../world/world.ts";

/** A person's click on a card. */
export interface Click {
  /** Id of the clicked component. Its name, tag and callback value go into the event. @defaultValue an unnamed button */
  elementId?: string;
  /** Value that the app gave the component to send back. @defaultValue that of the component's callback behaviour, or an empty object */
  value?: JsonValue;
  /** Filled-in values of the form, by name of the component. @defaultValue none: the click submits no form */
  formValue?: JsonObject;
  /** Choice, tick or text in a component outside of a form. Its fields are added to the event's action. */
  input?: ClickInput;
  /** Open id of the person who clicks. @defaultValue the first person of the chat */
  from?: string;
}

/** Event of a click, as an app receives it. See https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication */
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

/** The clicked message, its app, and the person who clicks. */
export interface ClickTarget {
  app: App;
  message: Message;
  /** Card entity that the message shows; `undefined` if the card came in the message itself. */
  entity: CardEntity | undefined;
  person: Person;
}

/** Makes the event of a click. */
export function clickEvent(
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

function callbackValue(node: JsonObject | undefined): JsonValue {
  const behaviors = node?.behaviors;
  const callback = Array.isArray(behaviors)
    ? behaviors.find((behavior) => isJsonObject(behavior) && behavior.type === "callback")
    : undefined;
  return isJsonObject(callback) ? cloneJson(callback.value ?? {}) : {};
}
