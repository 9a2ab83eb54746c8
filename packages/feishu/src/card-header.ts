import { InvalidOptionError } from "@streamcard/core";

/** @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/content-components/title */
const headerColors = [
  "blue",
  "wathet",
  "turquoise",
  "green",
  "yellow",
  "orange",
  "red",
  "carmine",
  "violet",
  "purple",
  "indigo",
  "grey",
  "default",
] as const;
export type HeaderColor = (typeof headerColors)[number];

const tagColors = [
  "neutral",
  "blue",
  "turquoise",
  "lime",
  "orange",
  "violet",
  "indigo",
  "wathet",
  "green",
  "yellow",
  "red",
  "purple",
  "carmine",
] as const;
export type TagColor = (typeof tagColors)[number];

export interface HeaderOptions {
  title: string;
  subtitle?: string;
  /** Background of the header, the platform's `template`. */
  color?: HeaderColor;
  /** At most three. */
  tags?: readonly { readonly text: string; readonly color?: TagColor }[];
}

const MAX_TAGS = 3;

/** @throws {InvalidOptionError} */
export function headerJson(header: string | HeaderOptions): Record<string, unknown> {
  const { title, subtitle, color, tags = [] } = typeof header === "string" ? { title: header } : header;
  if (typeof title !== "string" || title.trim() === "") {
    throw new InvalidOptionError(
      `header.title must be a text, received ${JSON.stringify(title) ?? "undefined"}.`,
    );
  }
  checkOneOf("header.color", color, headerColors);
  if (tags.length > MAX_TAGS) {
    throw new InvalidOptionError(`header.tags takes at most ${MAX_TAGS} tags, received ${tags.length}.`);
  }
  for (const tag of tags) checkOneOf("header.tags[].color", tag.color, tagColors);
  return {
    title: plainText(title),
    ...(subtitle !== undefined && { subtitle: plainText(subtitle) }),
    ...(color !== undefined && { template: color }),
    ...(tags.length > 0 && {
      text_tag_list: tags.map((tag) => ({
        tag: "text_tag",
        text: plainText(tag.text),
        ...(tag.color !== undefined && { color: tag.color }),
      })),
    }),
  };
}

function plainText(content: string): { tag: "plain_text"; content: string } {
  return { tag: "plain_text", content };
}

function checkOneOf(option: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw new InvalidOptionError(
    `${option} must be one of ${allowed.join(", ")}, received ${JSON.stringify(value)}.`,
  );
}
