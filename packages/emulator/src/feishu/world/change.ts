import type { Operation } from "../../exchange/operation.ts";
import type { RequestRecord } from "../../exchange/request-log.ts";
import type { Toast } from "../../page-protocol/page-event.ts";

/** A change of the emulated world, sent after it has happened. */
export type WorldChange =
  | { type: "message-added"; messageId: string; chatId: string }
  /** A message was edited, patched, or got another card by a click. */
  | { type: "message-changed"; messageId: string; chatId: string }
  | { type: "message-recalled"; messageId: string; chatId: string }
  | { type: "chat-added"; chatId: string }
  | { type: "chat-dissolved"; chatId: string }
  /** The default app's bot left a chat. */
  | { type: "bot-removed"; chatId: string }
  | { type: "person-added"; openId: string }
  /** A card entity was created. It is not in a chat before it is sent. */
  | { type: "card-created"; cardId: string }
  /** An operation was accepted, or the answer to a click brought another card. */
  | { type: "card-changed"; cardId: string; operation: Operation | "click" }
  /** A content call arrived: clients begin to type the new text of this element. */
  | { type: "paint-restarted"; cardId: string; elementId: string }
  /** A person clicked. `cardId` is absent if the card came in its message, without a card entity. */
  | { type: "interaction-started"; cardId?: string; messageId?: string }
  /** The app answered a click, or failed to. A click whose time runs out without either has no such change. */
  | {
      type: "interaction-ended";
      /** Event id of the click. */
      eventId: string;
      cardId?: string;
      messageId?: string;
      /** Error code that the person is shown. */
      code?: number;
      /** Message that the app shows the person for a moment. */
      toast?: Toast;
    }
  /** A request got its answer, or lost it to a fault. */
  | { type: "request-logged"; request: RequestRecord };
