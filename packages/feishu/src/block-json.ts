import {
  type ActionsBlock,
  buttonText,
  type CardBlock,
  type CardButton,
  type CardStatus,
  earlierToolsText,
  footerText,
  imageText,
  type LaneBlock,
  type Locale,
  laneTitle,
  moreSourcesText,
  type ReasoningBlock,
  reasoningTitle,
  type SourcesBlock,
  sourcesTitle,
  statusText,
  type ToolBlock,
  toolDetailTitle,
  toolLine,
} from "@streamcard/core";
import type { CardAction, CardActionValue } from "./card-action-value.ts";
import { codeBlock, linkTarget, plainWords } from "./markdown-text.ts";

export type Json = Record<string, unknown>;

/** Ids of a block's elements. */
export interface BlockIds {
  /** Of the component that stands for the block. */
  readonly element: string;
  /** Of the text object within it, for blocks whose text is changed by itself. */
  readonly text: string;
}

export interface BlockJsonContext {
  readonly locale: Locale;
  /** Id of the run, which buttons carry. */
  readonly runId: string;
}

/**
 * A block as a component of Card JSON 2.0. Everything that a model or a tool said stands in plain text, in a code
 * block or escaped, so that it is never a tag of the platform.
 *
 * @param inside The components of the blocks that are in it.
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
      if (block.isPlain) {
        return { tag: "div", element_id, text: plainText(block.text, { element_id: ids.text }) };
      }
      return {
        tag: "markdown",
        element_id,
        content: block.text,
        ...(block.isReasoning && { text_size: "notation" }),
      };
    case "reasoning":
      return {
        tag: "collapsible_panel",
        element_id,
        ...reasoningHead(block, locale),
        ...quiet,
        elements: inside,
      };
    case "tool":
      return toolJson(block, element_id, context);
    case "tool-count":
      return note(element_id, earlierToolsText(block.count, locale));
    case "image":
      return {
        tag: "img",
        element_id,
        img_key: block.key,
        alt: plainText(imageText(locale)),
        scale_type: "fit_horizontal",
        preview: true,
      };
    case "sources":
      return sourcesJson(block, element_id, locale);
    case "lanes":
      return {
        tag: "column_set",
        element_id,
        flex_mode: "stretch",
        horizontal_spacing: "12px",
        columns: inside,
      };
    case "lane":
      return laneJson(block, ids, locale, inside);
    case "status":
      return statusJson(block.status, element_id, locale);
    case "footer":
      return note(element_id, footerText(block, locale));
    case "actions":
      return { ...actionsJson(block, context), element_id };
    case "element":
      return { ...block.element, element_id };
  }
}

/** What is changed of a component that holds others, so that these stay as they are; `undefined` for all others. */
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
    const partial_element = { header: panelHeader(laneTitle(block, locale), laneColor(block)) };
    return { action: "partial_update_element", params: { element_id: ids.element, partial_element } };
  }
  return {
    action: "update_element",
    params: { element_id: ids.text, element: laneHead(block, ids.text, locale) },
  };
}

const quiet: Json = { background_color: "grey-50", padding: "4px 12px 8px 12px", vertical_spacing: "4px" };

function reasoningHead(block: ReasoningBlock, locale: Locale): Json {
  return { expanded: !block.isFolded, header: panelHeader(reasoningTitle(block, locale)) };
}

function toolJson(block: ToolBlock, element_id: string, context: BlockJsonContext): Json {
  const { locale } = context;
  const { input, output, approval, status } = block;
  const line = toolLine(block, locale);
  const color = status === "failed" ? "red" : "grey";
  if (input === undefined && output === undefined && approval === undefined) {
    return note(element_id, line, color);
  }
  const details = [
    ...(input === undefined ? [] : [`${toolDetailTitle(block, "input", locale)}\n${codeBlock(input)}`]),
    ...(output === undefined ? [] : [`${toolDetailTitle(block, "output", locale)}\n${codeBlock(output)}`]),
  ];
  return {
    tag: "collapsible_panel",
    element_id,
    // What is to be decided on is seen without a click.
    expanded: approval !== undefined,
    header: panelHeader(line, color),
    vertical_spacing: "8px",
    elements: [
      ...(details.length === 0
        ? []
        : [{ tag: "markdown", content: details.join("\n"), text_size: "notation" }]),
      ...(approval === undefined ? [] : [approvalButtons(approval, context)]),
    ],
  };
}

function approvalButtons(
  { approvalId, card }: NonNullable<ToolBlock["approval"]>,
  context: BlockJsonContext,
): Json {
  return buttonRow(
    (["approve", "deny"] as const).map((action) =>
      buttonJson(buttonText({ action }, context.locale), {
        type: action === "approve" ? "primary" : "default",
        value: pressValue({ action, approvalId }, card, context),
      }),
    ),
  );
}

function sourcesJson({ sources, more }: SourcesBlock, element_id: string, locale: Locale): Json {
  const lines = sources.map(({ title, url }, index) => {
    const words = plainWords(title);
    const target = url === undefined ? undefined : linkTarget(url);
    return `${index + 1}. ${target === undefined ? words : `[${words}](${target})`}`;
  });
  if (more > 0) lines.push("", moreSourcesText(more, locale));
  return {
    tag: "collapsible_panel",
    element_id,
    expanded: false,
    header: panelHeader(sourcesTitle(sources.length + more, locale)),
    elements: [{ tag: "markdown", content: lines.join("\n"), text_size: "notation" }],
  };
}

function laneJson(block: LaneBlock, ids: BlockIds, locale: Locale, inside: readonly Json[]): Json {
  if (block.layout === "panel") {
    return {
      tag: "collapsible_panel",
      element_id: ids.element,
      expanded: true,
      header: panelHeader(laneTitle(block, locale), laneColor(block)),
      border: { color: "grey-200", corner_radius: "8px" },
      padding: "4px 12px 8px 12px",
      elements: inside,
    };
  }
  return {
    tag: "column",
    element_id: ids.element,
    width: "weighted",
    weight: 1,
    vertical_spacing: "8px",
    elements: [laneHead(block, ids.text, locale), ...inside],
  };
}

function laneHead(block: LaneBlock, element_id: string, locale: Locale): Json {
  return note(element_id, laneTitle(block, locale), laneColor(block));
}

function laneColor({ state }: LaneBlock): "red" | "grey" {
  return typeof state === "object" && state.status === "failed" ? "red" : "grey";
}

function statusJson(status: CardStatus, element_id: string, locale: Locale): Json {
  const person = whoStopped(status);
  if (person !== undefined) {
    const content = statusText(status, locale, person);
    return { tag: "markdown", element_id, content, text_size: "notation" };
  }
  return note(element_id, statusText(status, locale), isTrouble(status) ? "red" : "grey");
}

/** A person is shown by an id, which clients turn into a name. It is the platform's, yet it came over the wire. */
function whoStopped(status: CardStatus): string | undefined {
  const id = status.phase === "ended" ? status.end.stoppedBy : undefined;
  if (id === undefined || !/^[\w-]{1,64}$/.test(id)) return undefined;
  return `<person id='${id}' show_name=true show_avatar=false style='normal'></person>`;
}

export function isTrouble(status: CardStatus): boolean {
  return status.phase === "ended" && status.end.status === "failed";
}

const icons = { stop: "■", regenerate: "↻", up: "👍", down: "👎" } as const;

function actionsJson({ buttons, card }: ActionsBlock, context: BlockJsonContext): Json {
  return buttonRow(
    buttons.map((button) => {
      const icon = icons[button.action === "feedback" ? button.rating : button.action];
      return buttonJson(`${icon} ${buttonText(button, context.locale)}`, {
        type: "default",
        value: pressValue(actionOf(button), card, context),
      });
    }),
  );
}

function actionOf(button: CardButton): CardAction {
  return button.action === "feedback"
    ? { action: "feedback", rating: button.rating }
    : { action: button.action };
}

function pressValue(action: CardAction, card: number, { runId }: BlockJsonContext): CardActionValue {
  return { streamcard: 1, run: runId, card, ...action };
}

/** Buttons beside each other, in rows where the card is narrow. */
function buttonRow(buttons: readonly Json[]): Json {
  const columns = buttons.map((button) => ({ tag: "column", width: "auto", elements: [button] }));
  return { tag: "column_set", flex_mode: "flow", horizontal_spacing: "8px", columns };
}

function buttonJson(label: string, { type, value }: { type: string; value: CardActionValue }): Json {
  return {
    tag: "button",
    type,
    size: "small",
    text: plainText(label),
    behaviors: [{ type: "callback", value }],
  };
}

/** One quiet line. */
function note(element_id: string, content: string, text_color: "grey" | "red" = "grey"): Json {
  return { tag: "div", element_id, text: plainText(content, { text_size: "notation", text_color }) };
}

function panelHeader(content: string, text_color: "grey" | "red" = "grey"): Json {
  return {
    title: plainText(content, { text_size: "notation", text_color }),
    vertical_align: "center",
    icon: { tag: "standard_icon", token: "down-small-ccm_outlined", size: "16px 16px" },
    icon_position: "follow_text",
    icon_expanded_angle: -180,
  };
}

function plainText(content: string, more: Json = {}): Json {
  return { tag: "plain_text", content, ...more };
}
