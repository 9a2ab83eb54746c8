import type { ClickInput } from "../../feishu/people/click.ts";
import type { JsonObject, JsonValue } from "../../ground/json.ts";
import type { ClickReply } from "../../page-protocol/page-event.ts";

/** What the person at the page does. Each settles when the server has carried it out, and rejects when it has not. */
export interface PageActions {
  say(said: { chatId: string; text: string; replyTo?: string; mentionsBot?: boolean }): Promise<void>;
  /** Settles when the app has answered the click, or its time is up, with what the person is told. */
  click(click: {
    messageId: string;
    elementId?: string;
    value?: JsonValue;
    formValue?: JsonObject;
    input?: ClickInput;
  }): Promise<ClickReply>;
  recall(messageId: string): Promise<void>;
}

/** @param actor tells the open id of the person who acts; the first person if it is "". */
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
