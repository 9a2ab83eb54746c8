import { isJsonObject, type JsonObject, parseJsonObject, utf8Bytes } from "../../ground/json.ts";
import { type ApiCall, readContextOf } from "../api/api-call.ts";
import { asMessageError, CardProblem, unrenderable } from "../cards/card-problem.ts";
import { findTemplate, renderTemplate } from "../cards/card-template.ts";
import { readCard } from "../cards/read-card.ts";
import { messageError } from "./message-errors.ts";

/** The content of a new message. At most one of the two cards is there. */
export interface MessageContent {
  content: string;
  /** The card entity to show. */
  cardId?: string;
  /** The card that came with the message. */
  card?: JsonObject;
}

const TEXT_BYTES = 150_000;
const CARD_BYTES = 30_000;
const TYPES: ReadonlySet<string> = new Set(
  "text post image file audio media sticker interactive share_chat share_user system".split(" "),
);

/** See https://open.feishu.cn/document/server-docs/im-v1/message-content-description/create_json */
export function readMessageContent(call: ApiCall, msgType: string, content: string): MessageContent {
  if (!TYPES.has(msgType)) throw messageError(230001, "invalid msg_type");
  if (utf8Bytes(content) > (msgType === "text" ? TEXT_BYTES : CARD_BYTES)) throw messageError(230025);
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
 * @throws {PlatformError} 230099 with a sub-code that says what is wrong with the card.
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

/** Whether a card is of schema 2.0. */
export function isSchema2(card: JsonObject): boolean {
  return card.schema === "2.0";
}

// Sending is the one thing that can be done with an entity only once.
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

// Schema 1.0 is let pass as it is: it ignores what it does not know.
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
