import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from "../../ground/json.ts";
import type { ClickReply } from "../../page-protocol/page-event.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import type { ClickInput } from "../people/click.ts";
import type { World } from "../world/world.ts";

/** What the page can do. Names are those of its paths. */
export type PageAction = "say" | "click" | "recall";

interface Parts {
  world: World;
  emulator: FeishuEmulator;
}

/**
 * Does for the page what a person does. `from` in the body says who; the first person if it does not.
 *
 * @returns what the person is told of it.
 * @throws {TypeError} when the request, or something it names, does not fit.
 */
export async function runPageAction(
  parts: Parts,
  action: PageAction,
  body: Uint8Array,
): Promise<ClickReply | undefined> {
  const fields = parseJsonObject(new TextDecoder().decode(body)) ?? {};
  const { emulator } = parts;
  switch (action) {
    case "say": {
      const replyTo = optionalText(fields, "replyTo");
      const { mentionsBot } = fields;
      emulator.say({
        text: requiredText(fields, "text"),
        from: optionalText(fields, "from") ?? emulator.person.openId,
        chatId: requiredText(fields, "chatId"),
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(typeof mentionsBot === "boolean" ? { mentionsBot } : {}),
      });
      return undefined;
    }
    case "click":
      return click(parts, fields);
    case "recall":
      emulator.recall(requiredText(fields, "messageId"));
      return undefined;
  }
}

/** Settles when the app has answered, or its time is up. */
function click({ world, emulator }: Parts, fields: JsonObject): Promise<ClickReply> {
  const { changes, clock, rules } = world;
  const elementId = optionalText(fields, "elementId");
  const input = inputIn(fields.input);
  const { value, formValue } = fields;
  // By the id of a click's event. The app may answer within the click, before that id is known here.
  const replies = new Map<string, ClickReply>();
  let waiting: ((eventId: string) => void) | undefined;
  const unsubscribe = changes.subscribe((change) => {
    if (change.type !== "interaction-ended") return;
    const { eventId, code, toast } = change;
    replies.set(eventId, { ...(code === undefined ? {} : { code }), ...(toast && { toast }) });
    waiting?.(eventId);
  });
  const clicked = (): string =>
    emulator.click(requiredText(fields, "messageId"), {
      from: optionalText(fields, "from") ?? emulator.person.openId,
      ...(elementId === undefined ? {} : { elementId }),
      ...(value === undefined ? {} : { value }),
      ...(isJsonObject(formValue) ? { formValue } : {}),
      ...(input && { input }),
    }).event.header.event_id;
  return new Promise<ClickReply>((resolve) => {
    const id = clicked();
    const settle = (): void => {
      clock.clearTimeout(timer);
      resolve(replies.get(id) ?? { code: NO_ANSWER_IN_TIME });
    };
    const timer = clock.setTimeout(settle, rules.interactionLockMs);
    waiting = (eventId) => {
      if (eventId === id) settle();
    };
    if (replies.has(id)) settle();
  }).finally(unsubscribe);
}

// See https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication
const NO_ANSWER_IN_TIME = 200341;

function inputIn(input: JsonValue | undefined): ClickInput | undefined {
  if (!isJsonObject(input)) return undefined;
  const { option, options, checked, input_value } = input;
  if (typeof option === "string") return { option };
  if (Array.isArray(options)) return { options: options.filter((item) => typeof item === "string") };
  if (typeof checked === "boolean") return { checked };
  return typeof input_value === "string" ? { input_value } : undefined;
}

function requiredText(fields: JsonObject, name: string): string {
  const value = fields[name];
  if (typeof value !== "string" || value === "") throw new TypeError(`"${name}" must be a text.`);
  return value;
}

function optionalText(fields: JsonObject, name: string): string | undefined {
  return fields[name] === undefined ? undefined : requiredText(fields, name);
}
