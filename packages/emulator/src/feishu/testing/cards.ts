import type { JsonObject, JsonValue } from "../../ground/json.ts";

/** Makes a card of schema 2.0 with these components. */
export function cardOf(...elements: JsonValue[]): JsonObject {
  return { schema: "2.0", body: { elements } };
}

/** Makes a card of schema 2.0 in streaming mode with these components. */
export function streamingCard(...elements: JsonValue[]): JsonObject {
  return { ...cardOf(...elements), config: { streaming_mode: true } };
}

export function markdown(elementId: string, content = "…"): JsonObject {
  return { tag: "markdown", element_id: elementId, content };
}
