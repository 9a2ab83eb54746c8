import { InvalidOptionError, type Locale } from "@streamcard/core";
import { type CardStatus, type EndKind, endKind, wordsOf } from "@streamcard/core/driver";
import { checkOption, described, oneOf, requireOption } from "@streamcard/core/internal";

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
/** Background of a header. */
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
/** Colour of a tag in a header. */
export type TagColor = (typeof tagColors)[number];

/** Options of a card's header. */
export interface HeaderOptions {
  /** Title, at least one character that is no space. Required. */
  title: string;
  /** Line below the title. @defaultValue none */
  subtitle?: string;
  /** Background of the header, the platform's `template`. @defaultValue the platform's */
  color?: HeaderColor;
  /** Tags behind the title, at most three, or two beside the status. @defaultValue none */
  tags?: readonly { readonly text: string; readonly color?: TagColor }[];
  /**
   * Shows that the run goes on by a tag in the header, and how it ended by its colour, too. Makes the end of the run one
   * update of the whole card.
   * @defaultValue false
   */
  showStatus?: boolean;
}

const MAX_TAGS = 3;

interface StatusLook {
  readonly text: string;
  readonly tag: TagColor;
  readonly color?: HeaderColor;
}

/** State of the run for the header. */
export interface HeaderStatus {
  readonly status?: CardStatus | undefined;
  readonly isStreaming: boolean;
  readonly locale: Locale;
}

function lookOf({ status, isStreaming, locale }: HeaderStatus): StatusLook | undefined {
  if (isStreaming) return { text: wordsOf(locale).runningTag, tag: "blue" };
  if (status?.phase !== "ended") return undefined;
  const kind = endKind(status.end);
  return { text: wordsOf(locale).endTag(kind), ...endLooks[kind] };
}

/** Looks of finished runs. Runs that need attention stand out. */
const endLooks: Readonly<Record<EndKind, { readonly tag: TagColor; readonly color: HeaderColor }>> = {
  finished: { tag: "green", color: "green" },
  incomplete: { tag: "orange", color: "orange" },
  waiting: { tag: "orange", color: "orange" },
  stopped: { tag: "neutral", color: "grey" },
  failed: { tag: "red", color: "red" },
};

const aTitle = described("a text", {
  words: [],
  accepts: (value) => typeof value === "string" && value.trim() !== "",
});

/** @throws {InvalidOptionError} */
export function headerJson(header: string | HeaderOptions, run?: HeaderStatus): Record<string, unknown> {
  const options: HeaderOptions = typeof header === "string" ? { title: header } : header;
  const { title, subtitle } = options;
  const look = options.showStatus && run !== undefined ? lookOf(run) : undefined;
  const color = look?.color ?? options.color;
  const own = options.tags ?? [];
  const tags = look === undefined ? own : [...own, { text: look.text, color: look.tag }];
  requireOption("header.title", title, aTitle);
  checkOption("header.color", color, oneOf(...headerColors));
  const most = MAX_TAGS - (options.showStatus ? 1 : 0);
  if (own.length > most) {
    throw new InvalidOptionError(
      `header.tags takes at most ${most} tags${options.showStatus ? " beside the status" : ""}, received ${own.length}.`,
    );
  }
  for (const tag of tags) checkOption("header.tags[].color", tag.color, oneOf(...tagColors));
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
