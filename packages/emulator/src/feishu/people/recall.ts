import type { App } from "../world/app.ts";
import type { Message } from "../world/message.ts";
import type { World } from "../world/world.ts";

/** Event of a recalled message, as an app receives it. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/recalled */
export interface MessageRecalledEvent {
  schema: "2.0";
  header: {
    event_id: string;
    event_type: "im.message.recalled_v1";
    /** Microseconds, as text. */
    create_time: string;
    token: string;
    app_id: string;
    tenant_key: string;
  };
  event: {
    message_id: string;
    chat_id: string;
    /** Milliseconds, as text. */
    recall_time: string;
    recall_type: "message_owner";
  };
}

/** Makes the event of a person's recalled message for an app. */
export function recalledEvent(world: World, app: App, { messageId, chat }: Message): MessageRecalledEvent {
  const now = world.clock.now();
  return {
    schema: "2.0",
    header: {
      event_id: world.ids.hex(""),
      event_type: "im.message.recalled_v1",
      create_time: String(Math.floor(now * 1000)),
      token: app.verificationToken,
      app_id: app.appId,
      tenant_key: world.tenantKey,
    },
    event: {
      message_id: messageId,
      chat_id: chat.chatId,
      recall_time: String(Math.floor(now)),
      recall_type: "message_owner",
    },
  };
}
