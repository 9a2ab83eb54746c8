import { isJsonObject, type JsonObject } from "../../ground/json.ts";
import type { CardReading } from "./read-card.ts";

const MAX_CHARACTERS = 60;

/** Makes the line that a chat list shows for a card: its own summary, else `streamingText`, else the first 60 characters of its first text. */
export function chatListSummary(
  card: JsonObject,
  reading: CardReading,
  streamingText: string | undefined,
): string {
  const summary = isJsonObject(card.config) ? card.config.summary : undefined;
  const content = isJsonObject(summary) ? summary.content : undefined;
  if (typeof content === "string" && content !== "") return content;
  if (streamingText !== undefined) return streamingText;
  for (const { node } of reading.places) {
    const text = typeof node.content === "string" ? node.content.replace(/\s+/g, " ").trim() : "";
    if (text !== "") return [...text.slice(0, 2 * MAX_CHARACTERS)].slice(0, MAX_CHARACTERS).join("");
  }
  return "";
}
