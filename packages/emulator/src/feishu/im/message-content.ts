import { isJsonObject, type JsonObject, parseJsonObject, utf8Bytes } from "../../ground/json.ts";
import { type ApiCall, readContextOf } from "../api/api-call.ts";
import { asMessageError, CardProblem, unrenderable } from "../cards/card-problem.ts";
import { findTemplate, renderTemplate } from "../cards/card-template.ts";
import { readCard } from "../cards/read-card.ts";
import { messageError } from "./message-errors.ts";

/** Content of a new message. It has a card entity, a card of its own, or neither. */
export interface MessageContent {
  /** Content as it was sent, a string of JSON. */
  content: string;
  /** Card entity that the message shows. */
  cardId?: string;
  /** Card that came in the message. */
  card?: JsonObject;
}

const MAX_TEXT_BYTES = 150_000;
const MAX_CARD_BYTES = 30_000;
const TYPES: ReadonlySet<string> = new Set(
  "text post image file audio media sticker interactive share_chat share_user system".split(" "),
);

/**
 * Reads the content of a new message. See https://open.feishu.cn/document/server-docs/im-v1/message-content-description/create_json
 *
 * @throws {PlatformError} when the type is unknown, or the content is too large or does not fit the type.
 */
export function readMessageContent(call: ApiCall, msgType: string, content: string): MessageContent {
  if (!TYPES.has(msgType)) throw messageError(230001, "invalid msg_type");
  if (utf8Bytes(content) > (msgType === "text" ? MAX_TEXT_BYTES : MAX_CARD_BYTES)) throw messageError(230025);
  const parsed = parseJsonObject(content);
  if (msgType === "interactive") return { content, ...readCardContent(call, parsed) };
  if (parsed === undefined) throw messageError(230001, "content is not a string in json format");
  if (msgType === "text" && typeof parsed.text !== "string") throw messageError(230001, "text is missing");
  if (msgType === "image") checkImage(call, parsed);
  return { content };
}

/**
 * Reads the card of an interactive message: an entity, a template, or the card itself.
 *
 * @throws {PlatformError} 230099 with a sub-code for the fault in the card.
 */
export function readCardContent(
  call: ApiCall,
  content: JsonObject | undefined,
): { cardId: string } | { card: JsonObject } {
  try {
    if (content === undefined) throw unrenderable("content is not a JSON object");
    const { type, data } = content;
    if (type === "card") return { cardId: entityOf(call, data) };
    const card = type === "template" ? templateCard(call, data) : content;
    return { card: readInlineCard(call, card) };
  } catch (error) {
    throw asMessageRefusal(error);
  }
}

/** Tells whether a card is of schema 2.0. */
export function isSchema2(card: JsonObject): boolean {
  return card.schema === "2.0";
}

// Refuses an entity that was sent before, because an entity can be sent only once.
function entityOf(call: ApiCall, data: unknown): string {
  const cardId = isJsonObject(data) ? data.card_id : undefined;
  const entity = typeof cardId === "string" ? call.world.cards.get(cardId) : undefined;
  if (entity === undefined || entity.messageId !== undefined) throw cardProblem(11310, "cardid is invalid");
  if (entity.appId !== call.app.appId) throw cardProblem(300311, "no permission to use card");
  if (call.now >= entity.expiresAt) throw cardProblem(200750, "cardEntity expired");
  return entity.cardId;
}

function templateCard(call: ApiCall, data: unknown): JsonObject {
  if (!isJsonObject(data)) throw unrenderable("template has no data");
  const found = findTemplate(call.world.templates, data);
  if ("problem" in found) throw cardProblem(200380, found.problem, `templateID: ${String(data.template_id)}`);
  return renderTemplate(found.template, found.variables);
}

// A card of schema 1.0 is not checked further, because the platform ignores unknown parts of it.
function readInlineCard(call: ApiCall, card: JsonObject): JsonObject {
  if (!isSchema2(card)) {
    const isVersion1 =
      "elements" in card || "header" in card || "i18n_elements" in card || Object.keys(card).length === 0;
    if (!isVersion1) throw unrenderable("unknown property", Object.keys(card)[0]);
    return card;
  }
  if (card.header === undefined && card.body === undefined) return card;
  readCard(card, readContextOf(call));
  return card;
}

function checkImage({ world, app }: ApiCall, { image_key: key }: JsonObject): void {
  const image = typeof key === "string" ? world.images.get(key) : undefined;
  if (image === undefined) throw messageError(230001, "image_key is invalid");
  if (image.appId !== app.appId) throw messageError(230017);
}

function cardProblem(messageCode: number, text: string, value?: string): CardProblem {
  return new CardProblem({ code: 230099, messageCode, text, value });
}

function asMessageRefusal(error: unknown): unknown {
  return error instanceof CardProblem ? asMessageError(error) : error;
}
