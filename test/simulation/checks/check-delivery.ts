import type { CardResult } from "@streamcard/core";
import { wordsOf as cardWordsOf } from "@streamcard/core/driver";
import type { CardSnapshot } from "@streamcard/emulator";
import { isContinued, isGoing } from "./card-status.ts";
import { reachOf, shownText } from "./check-exact.ts";
import { checkLanes } from "./check-lanes.ts";
import type { Delivered } from "./delivered.ts";
import { type Hindrance, isLess } from "./least-delivery.ts";

/** Checks that a run delivered as much as could be had, and that its result is true. @returns the broken promises. */
export function checkDelivery(delivered: Delivered): string[] {
  const { result, said, met, least } = delivered;
  const { delivery } = result;
  const problems: string[] = [];
  if (result.text !== said.flatMap(({ texts }) => texts).join(""))
    problems.push("P1: the result's text is not the run's");
  const isBlank = result.text.trim() === "" && least !== "card";
  if (isLess(delivery, least) && !isBlank) {
    problems.push(`delivery is ${delivery}, where ${least} can be had (${wordsOf(result.deliveryError)})`);
  }
  return [...problems, ...words(result, met), ...claims(delivered)];
}

/** Checks that a result below "card" names the reason. */
function words({ delivery, deliveryError }: CardResult, met: readonly Hindrance[]): string[] {
  if (delivery === "card") {
    return deliveryError === undefined ? [] : ["delivery is card, with a delivery error"];
  }
  const said = wordsOf(deliveryError);
  if (said === "") return [`delivery is ${delivery}, and nothing says why`];
  const lasting = met.filter(
    ({ times, code = 0, class: faultClass }) =>
      times === Number.POSITIVE_INFINITY && faultClass !== "remedied" && code !== 0,
  );
  // If one of several hindrances has no code, the error may name that one.
  if (lasting.length < met.length) return [];
  const codes = lasting.map(({ code }) => String(code));
  return codes.length === 0 || codes.some((code) => said.includes(code))
    ? []
    : [`no code of ${codes.join(", ")} is in "${said}"`];
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

/** Checks that the delivery is what the result says, and that no text is shown twice. */
function claims(delivered: Delivered): string[] {
  const { result, cards, texts, gone, hasUnknown, isNotified } = delivered;
  const named = result.cards.flatMap(({ cardId }) => cards.filter((card) => card.cardId === cardId));
  const unnamed = cards.filter((card) => !named.includes(card) && !gone.has(card.cardId));
  // If the answer to a send is lost for ever, the sender cannot know of the card.
  if (unnamed.length > 0 && !(hasUnknown && result.delivery !== "card")) {
    return [`${unnamed.length} cards are shown that the result does not name`];
  }
  // The reader's messages come in the order of the text.
  if (
    !delivered.isOvertaken &&
    named.some((card, index) => card !== cards.filter((one) => named.includes(one))[index])
  ) {
    return ["P1: the cards were sent in another order than that of the text"];
  }
  if (delivered.said.length > 1) return checkLanes({ ...delivered, cards: named });
  const left = named.filter(({ cardId }) => !gone.has(cardId));
  const gap = delivered.isOvertaken ? undefined : gapIn(left, delivered.said[0]?.texts ?? []);
  if (gap !== undefined) return [`P1: ${gap}`];
  // If the cards have the whole text, a message can only tell of the end.
  const said = isNotified && result.delivery === "card" ? "" : texts.join("");
  const readings = left.length < named.length ? [named, left] : [named];
  const ways =
    result.delivery === "card" ? (["nothing"] as const) : (["the rest", "what is left out"] as const);
  let trouble: string | undefined;
  for (const says of ways) {
    for (const reading of readings) {
      const found = claim(delivered, { cards: reading, said, says });
      if (found === undefined) return [];
      trouble ??= found;
    }
  }
  return [`P1: ${trouble}`];
}

/** Checks that a card that announces the next one is followed by the text that comes next, without a gap. */
function gapIn(cards: readonly CardSnapshot[], run: readonly string[]): string | undefined {
  const last = cards.findIndex((card) => !isContinued(card));
  const whole = last < 0 ? cards : cards.slice(0, isGoing(cards[last]) ? last : last + 1);
  return reachOf(whole, run, "what follows").trouble;
}

interface Reading {
  /** Cards whose text counts. */
  readonly cards: readonly CardSnapshot[];
  /** Text of the plain messages. */
  readonly said: string;
  readonly says: Parameters<typeof reachOf>[2];
}

/** Checks the result's claim under one reading of the cards. @returns the first contradiction. */
function claim(
  { result, said: [run], hasUnknown }: Delivered,
  { cards, said, says }: Reading,
): string | undefined {
  const blocks = run?.texts ?? [];
  const source = blocks.join("");
  const { ends, trouble } = reachOf(cards, blocks, says);
  switch (result.delivery) {
    case "none":
      return !hasUnknown && (said !== "" || cards.some((card) => shownText(card).trim() !== ""))
        ? "delivery is none, but there is text"
        : undefined;
    case "card":
      if (trouble !== undefined) return trouble;
      if (said !== "") return "delivery is card, with a plain message";
      if (ends.some(({ at }) => at === source.length)) return undefined;
      return `missing at the end: ${JSON.stringify(source.slice(ends[0]?.at).slice(0, 80))}`;
    case "message":
    case "partial": {
      if (trouble !== undefined)
        return arePieces({ result, shown: cards.map(shownText).join(""), said, source })
          ? undefined
          : trouble;
      // A message that begins in an open block may repeat the block's opening, as a card does.
      const rests = ends.flatMap(({ at, leftOut, reopen }) =>
        ["", reopen].map((begin) => plainText(`${begin}${leftOut}${source.slice(at)}`)),
      );
      if (result.delivery === "partial" && rests.some((rest) => rest.startsWith(said))) return undefined;
      if (rests.includes(said) || (rests.some((rest) => rest.trim() === "") && said === "")) return undefined;
      // If the cards show the whole text, the message tells of the run's end alone.
      if (rests.some((rest) => rest.trim() === "") && isEndWords(said, result)) return undefined;
      // After operations whose outcome is unknown, the message repeats the text that they may have shown.
      if (hasUnknown && isSubsequence(said, plainText(source))) return undefined;
      return `after the cards, ${JSON.stringify(said.slice(0, 60))} is said where ${JSON.stringify(rests[0]?.slice(0, 60))} is due`;
    }
  }
}

/** Checks texts between other blocks: several of them may be incomplete, and a message has what they lack. */
function arePieces({
  result,
  shown,
  said,
  source,
}: {
  result: CardResult;
  shown: string;
  said: string;
  source: string;
}): boolean {
  const isAll = result.delivery === "partial" || shown.length + said.length >= source.length;
  return isAll && isSubsequence(shown, source) && isSubsequence(said, plainText(source));
}

function isEndWords(said: string, { status, reason }: CardResult): boolean {
  const end = { status, ...(reason !== undefined && { reason }) };
  return [true, false].some(
    (hasText) => cardWordsOf("zh-CN").status({ phase: "ended", end, hasText }) === said.trim(),
  );
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const char of part) {
    at = whole.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Writes text as a plain message carries it, where mentions are broken as on a card. */
function plainText(text: string): string {
  return text.replace(/<(?=\/?at\b)/gi, "<\u200b");
}
