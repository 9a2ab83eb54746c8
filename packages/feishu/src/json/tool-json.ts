import type { Locale } from "@streamcard/core";
import { type ToolBlock, wordsOf } from "@streamcard/core/driver";
import { isId } from "./card-action-value.ts";
import {
  button,
  buttonRow,
  framed,
  framedHeaderPadding,
  type Json,
  note,
  panelHeader,
  smallMarkdown,
  smallTitle,
} from "./component-json.ts";
import { codeBlock } from "./markdown-text.ts";

interface Context {
  readonly locale: Locale;
  readonly runId: string;
}

/** Draws a tool call: a line, with its input and output folded beneath; open and framed where the reader has to decide on it. */
export function toolJson(block: ToolBlock, element_id: string, context: Context): Json {
  const { locale } = context;
  const line = wordsOf(locale).toolLine(block);
  const details = detailsOf(block, locale);
  // No buttons for an id that does not survive the way through a button.
  if (block.approval !== undefined && isId(block.approval.approvalId)) {
    const buttons = approvalButtons(block.approval, `${element_id}_b`, context);
    return {
      tag: "collapsible_panel",
      element_id,
      expanded: true,
      header: panelHeader(smallTitle(line, "default"), framedHeaderPadding),
      ...framed,
      elements: details === undefined ? [buttons] : [details, buttons],
    };
  }
  const color = block.status === "failed" ? "red" : "grey";
  if (details === undefined) return note(element_id, line, color);
  return {
    tag: "collapsible_panel",
    element_id,
    header: panelHeader(smallTitle(line, color)),
    padding: "4px 0px 0px 0px",
    elements: [details],
  };
}

function detailsOf(block: ToolBlock, locale: Locale): Json | undefined {
  const parts = (["input", "output"] as const).flatMap((part) => {
    const text = block[part];
    return text === undefined ? [] : `${wordsOf(locale).toolDetailTitle(block, part)}\n${codeBlock(text)}`;
  });
  return parts.length === 0 ? undefined : smallMarkdown(parts.join("\n"));
}

function approvalButtons(
  { approvalId, card }: NonNullable<ToolBlock["approval"]>,
  row: string,
  { locale, runId }: Context,
): Json {
  const buttons = (["approve", "deny"] as const).map((action) =>
    button(
      wordsOf(locale).button({ action }),
      { runId, cardIndex: card, action: { action, approvalId, row } },
      action === "approve" ? "primary" : undefined,
    ),
  );
  return { ...buttonRow(buttons), element_id: row };
}
