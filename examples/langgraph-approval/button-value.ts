import type { JsonObject, JsonValue } from "@streamcard/emulator";

/**
 * Finds the value that a button of a card sends back when somebody presses it.
 *
 * @throws {Error} when the card has no such button.
 */
export function buttonValue(card: JsonObject, action: string): JsonObject {
  const found = find(card, action);
  if (found === undefined) throw new Error(`The card has no button for ${JSON.stringify(action)}.`);
  return found;
}

function find(json: JsonValue | undefined, action: string): JsonObject | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  if (!Array.isArray(json) && json.streamcard === 1 && json.action === action) return json;
  for (const value of Object.values(json)) {
    const found = find(value, action);
    if (found !== undefined) return found;
  }
  return undefined;
}
