import type { JsonObject, JsonValue } from "../../ground/json.ts";
import type { ClickInput, ClickReply } from "../../page-protocol/page-event.ts";

/** Actions of the person at the page. Each resolves when the server has carried it out, and rejects when it could not. */
export interface PageActions {
  say(said: { chatId: string; text: string; replyTo?: string; mentionsBot?: boolean }): Promise<void>;
  /** Clicks on a card. Resolves with the reply to show, when the app has answered or the time for it is up. */
  click(click: {
    messageId: string;
    elementId?: string;
    value?: JsonValue;
    formValue?: JsonObject;
    input?: ClickInput;
  }): Promise<ClickReply>;
  recall(messageId: string): Promise<void>;
}

/** @param actor returns the open id of the person who acts, or "" for the first person. */
export function createPageActions(actor: () => string): PageActions {
  const post = async (action: string, body: object): Promise<Response> => {
    const from = actor();
    const response = await fetch(`/page/${action}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...body, ...(from === "" ? {} : { from }) }),
    });
    if (!response.ok) throw new Error(`The server answered ${response.status} to "${action}".`);
    return response;
  };
  return {
    say: async (said) => void (await post("say", said)),
    click: async (click) => (await (await post("click", click)).json()) as ClickReply,
    recall: async (messageId) => void (await post("recall", { messageId })),
  };
}
