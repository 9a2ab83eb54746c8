import type { CardInput } from "@streamcard/core";
import type { CardDesk } from "./card-desk.ts";

/** A handler that notes the events which its cards take. */
export function listeningHandler(desk: CardDesk) {
  const events: Exclude<CardInput, string>[] = [];
  const handler = desk.handler({
    onCard: (card) => {
      const push = card.push.bind(card);
      card.push = (event) => {
        const isSilence = typeof event === "object" && "text" in event && event.text === "";
        if (typeof event === "object" && !isSilence) events.push(event);
        push(event);
      };
    },
  });
  const of = (...types: string[]) =>
    events.filter(({ type }) => types.includes(type)).map((event) => ({ ...event, id: undefined }));
  return { handler, events, of };
}
