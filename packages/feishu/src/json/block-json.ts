import type { CardBlock, Locale } from "@streamcard/core";
import {
  type ActionsBlock,
  type CardButton,
  type CardStatus,
  type ImageBlock,
  type ReasoningBlock,
  type SourcesBlock,
  type TextBlock,
  wordsOf,
} from "@streamcard/core/driver";
import type { CardAction } from "./card-action-value.ts";
import {
  button,
  buttonRow,
  colored,
  type Json,
  note,
  panelHeader,
  plainText,
  smallMarkdown,
  smallTitle,
  type TextColor,
} from "./component-json.ts";
import { laneColumnHead, laneJson, lanePanelHead, lanesJson } from "./lane-json.ts";
import { linkTarget, plainWords } from "./markdown-text.ts";
import { toolJson } from "./tool-json.ts";

/** Ids of a block's elements. */
export interface BlockIds {
  /** Element id of the block's component. */
  readonly element: string;
  /** Element id of the text object in that component, for blocks whose text is changed by itself. */
  readonly text: string;
}

export interface BlockJsonContext {
  readonly locale: Locale;
  /** Id of the run, which buttons carry. */
  readonly runId: string;
}

/**
 * Draws a block as a component of Card JSON 2.0. The words of models and tools stand in plain text, in a code block or
 * escaped, so that they are never a tag of the platform.
 *
 * @param inside Components of the blocks in it.
 * @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/component-json-v2-overview
 */
export function blockJson(
  block: CardBlock,
  ids: BlockIds,
  context: BlockJsonContext,
  inside: readonly Json[] = [],
): Json {
  const { locale } = context;
  const element_id = ids.element;
  switch (block.type) {
    case "text":
      return textJson(block, ids);
    case "reasoning":
      return {
        tag: "collapsible_panel",
        element_id,
        ...reasoningHead(block, locale),
        ...paper(block),
        elements: inside,
      };
    case "tool":
      return toolJson(block, element_id, context);
    case "tool-count":
      return note(element_id, wordsOf(locale).earlierTools(block.count));
    case "image":
      return imageJson(block, element_id, locale);
    case "sources":
      return sourcesJson(block, element_id, locale);
    case "lanes":
      return lanesJson(element_id, inside);
    case "lane":
      return laneJson(block, ids, locale, inside);
    case "status":
      return statusJson(block.status, element_id, locale);
    case "footer":
      // Closer to the status line above than blocks are to each other.
      return note(element_id, wordsOf(locale).footer(block), "grey", { margin: "-4px 0px 0px 0px" });
    case "actions":
      return { ...actionsJson(block, context), element_id };
    case "element":
      return { ...block.element, element_id };
  }
}

/** Makes the change of a component that holds others, so that these stay as they are; `undefined` for other components. */
export function headJson(
  block: CardBlock,
  ids: BlockIds,
  { locale }: BlockJsonContext,
): { readonly action: "partial_update_element" | "update_element"; readonly params: Json } | undefined {
  if (block.type === "reasoning") {
    const partial_element = reasoningHead(block, locale);
    return { action: "partial_update_element", params: { element_id: ids.element, partial_element } };
  }
  if (block.type !== "lane") return undefined;
  if (block.layout === "panel") {
    const partial_element = lanePanelHead(block, locale);
    return { action: "partial_update_element", params: { element_id: ids.element, partial_element } };
  }
  return {
    action: "update_element",
    params: { element_id: ids.text, element: laneColumnHead(block, ids.text, locale) },
  };
}

function imageJson({ key, url }: ImageBlock, element_id: string, locale: Locale): Json {
  if (key === undefined) {
    const target = url === undefined ? undefined : linkTarget(url);
    if (target === undefined) return note(element_id, wordsOf(locale).lostImage);
    return { ...smallMarkdown(`[${plainWords(wordsOf(locale).image)}](${target})`), element_id };
  }
  return {
    tag: "img",
    element_id,
    img_key: key,
    alt: plainText(wordsOf(locale).image),
    scale_type: "fit_horizontal",
    corner_radius: "8px",
    preview: true,
  };
}

function textJson({ text, isPlain, isReasoning }: TextBlock, ids: BlockIds): Json {
  const size: Json = isReasoning ? { text_size: "notation" } : {};
  if (!isPlain) return { tag: "markdown", element_id: ids.element, content: text, ...size };
  return { tag: "div", element_id: ids.element, text: plainText(text, { element_id: ids.text, ...size }) };
}

/** Draws the background of reasoning, so that it is not taken for the answer: darker than the background of a column. */
function paper({ within }: ReasoningBlock): Json {
  const color = within === undefined ? "grey-50" : "grey-100";
  return {
    background_color: color,
    border: { color, corner_radius: "8px" },
    padding: "0px 12px 8px 12px",
    vertical_spacing: "4px",
  };
}

function reasoningHead(block: ReasoningBlock, locale: Locale): Json {
  return {
    expanded: !block.isFolded,
    header: panelHeader(smallTitle(wordsOf(locale).reasoningTitle(block)), { padding: "6px 12px 6px 12px" }),
  };
}

function sourcesJson({ sources, more }: SourcesBlock, element_id: string, locale: Locale): Json {
  const lines = sources.map(({ title, url }, index) => {
    const words = plainWords(title);
    const target = url === undefined ? undefined : linkTarget(url);
    return `${index + 1}. ${target === undefined ? words : `[${words}](${target})`}`;
  });
  if (more > 0) lines.push("", colored(plainWords(wordsOf(locale).moreSources(more)), "grey"));
  return {
    tag: "collapsible_panel",
    element_id,
    header: panelHeader(smallTitle(wordsOf(locale).sourcesTitle(sources.length + more))),
    padding: "4px 0px 0px 0px",
    elements: [smallMarkdown(lines.join("\n"))],
  };
}

/** Placeholder of a person in a status line, which is split there. */
const PERSON = "\0";

function statusJson(status: CardStatus, element_id: string, locale: Locale): Json {
  const person = whoStopped(status);
  if (person === undefined) return note(element_id, wordsOf(locale).status(status), statusColor(status));
  const words = wordsOf(locale).status(status, PERSON).split(PERSON);
  const content = words.map((part) => grey(part)).join(person);
  return { ...smallMarkdown(content), element_id };
}

/** Makes words grey. Spaces at the ends stand outside of the tag, because Markdown drops them inside. */
function grey(words: string): string {
  return words.replace(/\S(?:.*\S)?/, (inner) => colored(inner, "grey"));
}

/** Draws the person who stopped a run, by an id that clients turn into a name. The id came over the wire, so it is checked. */
function whoStopped(status: CardStatus): string | undefined {
  const id = status.phase === "ended" ? status.end.stoppedBy : undefined;
  if (id === undefined || !/^[\w-]{1,64}$/.test(id)) return undefined;
  return `<person id='${id}' show_name=true show_avatar=false style='normal'></person>`;
}

function statusColor(status: CardStatus): TextColor {
  if (isTrouble(status)) return "red";
  return status.phase === "ended" && status.end.reason === "waiting" ? "default" : "grey";
}

export function isTrouble(status: CardStatus): boolean {
  return status.phase === "ended" && status.end.status === "failed";
}

function actionsJson({ buttons, card }: ActionsBlock, { locale, runId }: BlockJsonContext): Json {
  return buttonRow(
    buttons.map((one) =>
      button(wordsOf(locale).button(one), { runId, cardIndex: card, action: actionOf(one) }),
    ),
  );
}

function actionOf(one: CardButton): CardAction {
  return one.action === "feedback" ? { action: "feedback", rating: one.rating } : { action: one.action };
}
