import { english } from "./en-us.ts";
import { chinese } from "./zh-cn.ts";

/** What the page says by itself, in one language. */
export interface Texts {
  readonly locale: "zh-CN" | "en";
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
  readonly kinds: Readonly<Record<string, string>>;
  writeTo(name: string): string;
  recalled(name: string | undefined): string;
  replyTo(name: string): string;
  replies(count: number): string;
  peak(count: number): string;
  members(count: number): string;
  unread(count: number): string;
}

/** Chinese, as the platform's own client, unless the reader's first language is another one. */
export function textsFor(languages: readonly string[]): Texts {
  const first = languages[0];
  return first === undefined || /^zh\b/i.test(first) ? chinese : english;
}
