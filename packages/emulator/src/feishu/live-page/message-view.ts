import { isJsonObject, type JsonValue, parseJson } from "../../ground/json.ts";
import type { Brief, PageCard, PageMessage, Painted, Sender } from "../../page-protocol/page-event.ts";
import { isStreaming } from "../cards/card-entity.ts";
import { chatListSummary } from "../cards/chat-list-summary.ts";
import { paintedLength } from "../cards/typewriter.ts";
import { shownCard } from "../im/message-data.ts";
import { listeningApp, MENTION_KEY } from "../people/say.ts";
import type { Message } from "../world/message.ts";
import type { World } from "../world/world.ts";

/** Makes the page's form of a message. */
export function pageMessage(world: World, message: Message): PageMessage {
  const parent = message.parentId === undefined ? undefined : world.messages.get(message.parentId);
  const { mention, content } = readContent(world, message);
  const { threadId, rootId } = message;
  return {
    messageId: message.messageId,
    sender: senderOf(message),
    createdAt: message.createdAt,
    isRecalled: message.isRecalled,
    edits: message.edits,
    msgType: message.msgType,
    content: message.isRecalled || message.msgType === "interactive" ? null : content,
    mention,
    quote: parent === undefined ? undefined : briefOf(world, parent),
    threadRootId: threadId === undefined ? undefined : rootId,
    card: message.isRecalled ? undefined : pageCard(world, message),
  };
}

/** Finds the card that a message shows, with the painted lengths of its texts. */
export function pageCard(world: World, message: Message): PageCard | undefined {
  const json = shownCard(world, message);
  if (json === undefined) return undefined;
  const entity = shownEntity(world, message);
  const now = world.clock.now();
  if (entity === undefined || !isStreaming(entity, now)) return { json, isStreaming: false, painted: {} };
  const painted: Painted = {};
  for (const [elementId, typing] of entity.typing) {
    const length = paintedLength(typing, now);
    if (length < typing.text.length) painted[elementId] = length;
  }
  return { json, isStreaming: true, painted };
}

/** Finds the card entity that a message shows; `undefined` if it shows none, or if a message patch put another card in its place. */
export function shownEntity(world: World, { card, cardId }: Message) {
  return card !== undefined || cardId === undefined ? undefined : world.cards.get(cardId);
}

/** Makes the one-line form of a message, for the chat list and for replies to it. */
export function briefOf(world: World, message: Message): Brief {
  const { messageId, createdAt, isRecalled, msgType } = message;
  const text = isRecalled ? "" : briefText(world, message);
  return { messageId, sender: senderOf(message), createdAt, isRecalled, msgType, text };
}

function briefText(world: World, message: Message): string {
  const entity = shownEntity(world, message);
  if (entity !== undefined) {
    const notice = isStreaming(entity, world.clock.now()) ? world.rules.summaryWhileStreaming : undefined;
    return chatListSummary(entity.card, entity.reading, notice);
  }
  const card = shownCard(world, message);
  if (card !== undefined) return oneLine(firstText(card) ?? "");
  const { mention, content } = readContent(world, message);
  const text = isJsonObject(content) && typeof content.text === "string" ? content.text : "";
  return oneLine(mention === undefined ? text : `@${mention} ${text}`);
}

// In a person's text, a mention of the bot is a key at the beginning.
function readContent(world: World, message: Message): { mention: string | undefined; content: JsonValue } {
  const parsed = parseJson(message.content);
  const content = parsed.ok ? parsed.value : null;
  const text = isJsonObject(content) ? content.text : undefined;
  const isMention =
    message.sender.type === "user" && typeof text === "string" && text.startsWith(MENTION_KEY);
  if (!isMention) return { mention: undefined, content };
  const mention = listeningApp(world, message.chat)?.name;
  return { mention, content: { text: text.slice(MENTION_KEY.length).trimStart() } };
}

function senderOf({ sender }: Message): Sender {
  return sender.type === "app"
    ? { type: "app", id: sender.app.openId, name: sender.app.name }
    : { type: "user", id: sender.person.openId, name: sender.person.name };
}

function firstText(value: JsonValue): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isJsonObject(value) && typeof value.content === "string" && value.content.trim() !== "")
    return value.content;
  for (const item of Object.values(value)) {
    const text = firstText(item);
    if (text !== undefined) return text;
  }
  return undefined;
}

const MAX_BRIEF_CHARACTERS = 60;

function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * MAX_BRIEF_CHARACTERS)
    .replace(/\s+/g, " ")
    .trim();
  return [...line].slice(0, MAX_BRIEF_CHARACTERS).join("");
}
