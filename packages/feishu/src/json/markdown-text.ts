/**
 * The tags of Feishu's Markdown.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/content-components/rich-text
 */
export const platformTags: ReadonlySet<string> = new Set([
  "br",
  "hr",
  "person",
  "local_datetime",
  "at",
  "a",
  "text_tag",
  "raw",
  "link",
  "font",
  "number_tag",
]);

/** Beginning of a tag that the platform would read even in a code block. */
const platformTag = new RegExp(`<(?=/?(?:${[...platformTags, "audio", "img"].join("|")})\\b)`, "gi");

/** Breaks a tag apart, invisibly to the reader. */
const BREAK = "<\u200b";

/** Writes text as a code block, which the text cannot end, and in which it is no tag of the platform. */
export function codeBlock(text: string): string {
  const longest = [...text.matchAll(/`{3,}/g)].reduce((most, [run]) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  const language = /^\s*[[{]/.test(text) ? "json" : "plain_text";
  const lines = text.replace(/\r\n?/g, "\n").replace(platformTag, BREAK);
  return `${fence}${language}\n${lines}${lines.endsWith("\n") ? "" : "\n"}${fence}`;
}

/** Characters that Markdown or the platform could take for a mark. */
const mark = /[\\`*_{}[\]()<>#+\-.!|~&$:"'/]/g;

/** Escapes words for one line of Markdown. */
export function plainWords(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(mark, (character) => `&#${character.charCodeAt(0)};`);
}

/** Escapes an address, so that it ends where its link ends. @returns `undefined` for one that is no web address. */
export function linkTarget(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  return href.replace(
    /[()<>"'`\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
