import type { JsonObject, JsonValue } from "../json.ts";

/** What the person at the page does. Each settles when the server has carried it out, and rejects when it has not. */
export interface PageActions {
  say(said: { chatId: string; text: string; replyTo?: string; mentionsBot?: boolean }): Promise<void>;
  /** Settles when the app has answered the click, or its time is up. */
  click(click: {
    messageId: string;
    elementId?: string;
    value?: JsonValue;
    formValue?: JsonObject;
  }): Promise<void>;
  recall(messageId: string): Promise<void>;
}

export const pageActions: PageActions = {
  say: (said) => post("say", said),
  click: (click) => post("click", click),
  recall: (messageId) => post("recall", { messageId }),
};

async function post(action: string, body: object): Promise<void> {
  const response = await fetch(`/page/${action}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The server answered ${response.status} to "${action}".`);
}
