import { type CardStatus, InvalidOptionError, type Locale, statusText } from "@streamcard/core";

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
  /**
   * Whether the header shows how the run ended, by its colour and a tag of its own. Costs one update of the whole
   * card, which the end of the run is then.
   * @defaultValue false
   */
  showStatus?: boolean;
}

const MAX_TAGS = 3;
const TAG_LENGTH = 20;

/** How the header shows an end: the cards that an eye looks for stand out. */
function endOf(status: CardStatus | undefined): { color: HeaderColor; tag: TagColor } | undefined {
  if (status?.phase !== "ended") return undefined;
  const { status: end, reason } = status.end;
  if (end === "failed") return { color: "red", tag: "red" };
  if (reason === "waiting") return { color: "orange", tag: "orange" };
  return end === "finished" ? { color: "green", tag: "green" } : { color: "grey", tag: "neutral" };
}

/**
 * @param status What the header shows of the run, where it does.
 * @throws {InvalidOptionError}
 */
export function headerJson(
  header: string | HeaderOptions,
  status?: CardStatus,
  locale: Locale = "zh-CN",
): Record<string, unknown> {
  const options: HeaderOptions = typeof header === "string" ? { title: header } : header;
  const { title, subtitle } = options;
  const end = options.showStatus ? endOf(status) : undefined;
  const color = end?.color ?? options.color;
  const own = options.tags ?? [];
  const tags =
    end === undefined || status === undefined
      ? own
      : [...own, { text: statusText(status, locale).slice(0, TAG_LENGTH), color: end.tag }];
  if (typeof title !== "string" || title.trim() === "") {
    throw new InvalidOptionError(
      `header.title must be a text, received ${JSON.stringify(title) ?? "undefined"}.`,
    );
  }
  checkOneOf("header.color", color, headerColors);
  const most = MAX_TAGS - (options.showStatus ? 1 : 0);
  if (own.length > most) {
    throw new InvalidOptionError(
      `header.tags takes at most ${most} tags${options.showStatus ? " beside the status" : ""}, received ${own.length}.`,
    );
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
