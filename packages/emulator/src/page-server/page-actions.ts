import type { FeishuEmulator } from "../feishu-emulator.ts";
import { isJsonObject, type JsonObject, parseJsonObject } from "../json.ts";
import type { World } from "../world/world.ts";

/** What the page can do. Names are those of its paths. */
export type PageAction = "say" | "click" | "recall";

/**
 * Does for the page what a person does.
 *
 * @throws {TypeError} when the request, or something it names, does not fit.
 */
export async function runPageAction(
  { world, emulator }: { world: World; emulator: FeishuEmulator },
  action: PageAction,
  body: Uint8Array,
): Promise<void> {
  const fields = parseJsonObject(new TextDecoder().decode(body)) ?? {};
  const from = emulator.person.openId;
  switch (action) {
    case "say": {
      const text = requiredText(fields, "text");
      const replyTo = optionalText(fields, "replyTo");
      const { mentionsBot } = fields;
      emulator.say({
        text,
        from,
        chatId: requiredText(fields, "chatId"),
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(typeof mentionsBot === "boolean" ? { mentionsBot } : {}),
      });
      return;
    }
    case "click": {
      const messageId = requiredText(fields, "messageId");
      const elementId = optionalText(fields, "elementId");
      const { value, formValue } = fields;
      const interaction = emulator.click(messageId, {
        from,
        ...(elementId === undefined ? {} : { elementId }),
        ...(value === undefined ? {} : { value }),
        ...(isJsonObject(formValue) ? { formValue } : {}),
      });
      return interaction.isOpen ? answered(world, messageId) : undefined;
    }
    case "recall":
      return emulator.recall(requiredText(fields, "messageId"));
  }
}

// Until the app has answered the click, or its time is up.
function answered({ changes, clock, rules }: World, messageId: string): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      unsubscribe();
      clock.clearTimeout(timer);
      resolve();
    };
    const timer = clock.setTimeout(settle, rules.interactionLockMs);
    const unsubscribe = changes.subscribe((change) => {
      if (change.type === "interaction-ended" && change.messageId === messageId) settle();
    });
  });
}

function requiredText(fields: JsonObject, name: string): string {
  const value = fields[name];
  if (typeof value !== "string" || value === "") throw new TypeError(`"${name}" must be a text.`);
  return value;
}

function optionalText(fields: JsonObject, name: string): string | undefined {
  return fields[name] === undefined ? undefined : requiredText(fields, name);
}
