/** Texts of the page itself in one language. A new language is one more file like `zh-cn.ts`, and a line in `choose-texts.ts`. */
export interface Texts {
  /** Language tag (BCP 47) for the document and for `Intl`. */
  readonly locale: string;
  /** Key of this language in the platform's `i18n` objects, such as `"zh_cn"`. */
  readonly platformLocale: string;
  readonly title: string;
  readonly messages: string;
  readonly bot: string;
  readonly everyone: string;
  readonly unknownUser: string;
  readonly noMessages: string;
  readonly emptyTitle: string;
  readonly emptyHint: string;
  readonly chooseChat: string;
  readonly back: string;
  readonly send: string;
  readonly sendFailed: string;
  readonly reply: string;
  readonly recall: string;
  readonly cancel: string;
  readonly confirm: string;
  readonly edited: string;
  readonly mention: string;
  readonly dissolved: string;
  readonly reconnecting: string;
  readonly connecting: string;
  readonly showEarlier: string;
  readonly toNewest: string;
  readonly lightTheme: string;
  readonly darkTheme: string;
  readonly yesterday: string;
  readonly imageMissing: string;
  readonly previousPage: string;
  readonly nextPage: string;
  readonly plainText: string;
  readonly notDrawn: string;
  readonly choose: string;
  readonly copyCode: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly more: string;
  readonly copyText: string;
  readonly copyId: string;
  readonly inspect: string;
  readonly inspector: string;
  readonly close: string;
  readonly thread: string;
  readonly showMessage: string;
  readonly actAs: string;
  readonly chart: string;
  readonly audio: string;
  readonly notPlayed: string;
  readonly chartNotDrawn: string;
  readonly chooseSome: string;
  readonly preview: string;
  readonly clickFailed: string;
  readonly noAnswer: string;
  readonly cardJson: string;
  readonly operations: string;
  readonly limits: string;
  readonly bytes: string;
  readonly elements: string;
  readonly rate: string;
  readonly sequence: string;
  readonly kind: string;
  readonly answer: string;
  readonly time: string;
  readonly noCard: string;
  readonly noOperations: string;
  readonly inlineCard: string;
  readonly streamingNow: string;
  readonly streamingOff: string;
  readonly lost: string;
  /** Words for a message without text, by its type. */
  readonly kinds: Readonly<Record<MessageKind, string>>;
  writeTo(name: string): string;
  /** @param name sender of the recalled message; `undefined` for the person at the page. */
  recalled(name: string | undefined): string;
  replyTo(name: string): string;
  replies(count: number): string;
  peak(count: number): string;
  members(count: number): string;
  unread(count: number): string;
}

/** Message types whose content the page can name in words. */
type MessageKind =
  | "image"
  | "post"
  | "file"
  | "audio"
  | "media"
  | "sticker"
  | "interactive"
  | "share_chat"
  | "share_user"
  | "system";

/** Names a message type in words; `undefined` for a type without words. */
export function kindText({ kinds }: Texts, msgType: string): string | undefined {
  return isMessageKind(msgType, kinds) ? kinds[msgType] : undefined;
}

function isMessageKind(msgType: string, kinds: Texts["kinds"]): msgType is MessageKind {
  return Object.hasOwn(kinds, msgType);
}
