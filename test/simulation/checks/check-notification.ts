import { wordsOf } from "@streamcard/core/driver";
import type { Delivered } from "./delivered.ts";

/** Checks that the end of a run is told in a message if the option asks for it, and not after a stop. */
export function checkNotification({ result, texts, met }: Delivered, isAsked: boolean): string[] {
  const { status, reason, delivery } = result;
  if (!isAsked || delivery !== "card") return [];
  const wanted = status === "stopped" ? 0 : 1;
  if (texts.length > wanted || (texts.length < wanted && met.length === 0)) {
    return [`${texts.length} messages tell of the end, where ${wanted} should`];
  }
  const end = { status, ...(reason !== undefined && { reason }) };
  const words = [true, false].map((hasText) => wordsOf("zh-CN").status({ phase: "ended", end, hasText }));
  const odd = texts.find((text) => !words.some((word) => text.startsWith(word)));
  return odd === undefined ? [] : [`the end is told as ${JSON.stringify(odd.slice(0, 60))}`];
}
