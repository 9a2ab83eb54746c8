import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from "../../ground/json.ts";
import { withinTime } from "../../ground/within-time.ts";
import type { ClickInput, ClickReply } from "../../page-protocol/page-event.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import { NO_ANSWER_IN_TIME } from "../people/callback-codes.ts";
import type { World } from "../world/world.ts";

/** Actions of the page, each by the last part of its path. */
export type PageAction = "say" | "click" | "recall";

interface Parts {
  world: World;
  emulator: FeishuEmulator;
}

/**
 * Carries out an action of the person at the page: of the person with the open id in `from`, else of the first person.
 *
 * @returns the reply to a click; nothing for the other actions.
 * @throws {TypeError} when a field is missing, or something that the request names does not exist.
 */
export async function performPageAction(
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

/** Clicks for the page. Settles when the app has answered, or after `rules.interactionLockMs`. */
function click({ world, emulator }: Parts, fields: JsonObject): Promise<ClickReply> {
  const { changes, clock, rules } = world;
  const elementId = optionalText(fields, "elementId");
  const input = inputIn(fields.input);
  const { value, formValue } = fields;
  const replies = new Map<string, PromiseWithResolvers<ClickReply>>();
  const replyTo = (eventId: string): PromiseWithResolvers<ClickReply> => {
    const reply = replies.get(eventId) ?? Promise.withResolvers<ClickReply>();
    replies.set(eventId, reply);
    return reply;
  };
  // Subscribed before the click, because the app may answer within it, when the click's event id is not known here yet.
  const unsubscribe = changes.subscribe((change) => {
    if (change.type !== "interaction-ended") return;
    const { eventId, code, toast } = change;
    replyTo(eventId).resolve({ ...(code === undefined ? {} : { code }), ...(toast && { toast }) });
  });
  const clicked = async (): Promise<ClickReply> => {
    const { event } = emulator.click(requiredText(fields, "messageId"), {
      from: optionalText(fields, "from") ?? emulator.person.openId,
      ...(elementId === undefined ? {} : { elementId }),
      ...(value === undefined ? {} : { value }),
      ...(isJsonObject(formValue) ? { formValue } : {}),
      ...(input && { input }),
    });
    const late: ClickReply = { code: NO_ANSWER_IN_TIME };
    const limit = { clock, limitMs: rules.interactionLockMs, late };
    return withinTime(replyTo(event.header.event_id).promise, limit);
  };
  return clicked().finally(unsubscribe);
}

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
