import { type ComponentChild, type ComponentChildren, h } from "preact";
import { useState } from "preact/hooks";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import { Avatar } from "../../parts/avatar.ts";
import { type Page, usePage } from "../../parts/page-context.ts";
import { Pager, pageOf } from "../../parts/pager.ts";
import { pixels } from "../look/card-size.ts";
import { TagPill } from "../look/tag-pill.ts";
import type { ElementProps } from "../node/card-context.ts";
import {
  isSet,
  numberField,
  objectField,
  objectsIn,
  textField,
  textsIn,
  wordField,
} from "../node/json-field.ts";
import { MarkdownView } from "../text/markdown-view.ts";

// In pixels, and how many lines of text there is room for.
const ROW_HEIGHTS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ["low", [36, 1]],
  ["middle", [58, 2]],
  ["high", [80, 3]],
]);
const PADDING_PX = 14;
const LINE_PX = 22;

/** `table` */
export function TableElement({ node }: ElementProps): ComponentChild {
  const [wanted, setPage] = useState(0);
  const columns = objectsIn(node.columns);
  const size = Math.min(Math.max(1, numberField(node, "page_size") ?? 5), 10);
  const { page, pages, shown } = pageOf(objectsIn(node.rows), size, wanted);
  const header = objectField(node, "header_style");
  const [height, lines] = rowHeight(node);
  return h(
    "div",
    { class: "table-frame" },
    h(
      "div",
      { class: isSet(node, "freeze_first_column") ? "table-scroll frozen" : "table-scroll", tabIndex: 0 },
      h(
        "table",
        null,
        h(
          "thead",
          { class: header?.background_style === "grey" ? "grey" : "plain" },
          h(
            "tr",
            null,
            columns.map((column, index) =>
              h(
                "th",
                { key: index, style: headerStyle(column, header) },
                textField(column, "display_name") ?? textField(column, "name"),
              ),
            ),
          ),
        ),
        h(
          "tbody",
          null,
          shown.map((row, index) =>
            h(
              "tr",
              { key: index, style: { height: `${height}px`, "--lines": String(lines) } },
              columns.map((column, place) =>
                h(
                  "td",
                  { key: place, style: cellStyle(column) },
                  h(Cell, { column, value: row[textField(column, "name") ?? ""] }),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
    pages > 1 && h(Pager, { page, pages, onTurn: setPage }),
  );
}

function rowHeight(node: JsonObject): readonly [number, number] {
  const height = textField(node, "row_height") ?? "low";
  if (height === "auto") return [36, linesIn(textField(node, "row_max_height") ?? "124px")];
  if (pixels(height) !== undefined) return [Number.parseInt(height, 10), linesIn(height)];
  return ROW_HEIGHTS.get(height) ?? [36, 1];
}

function linesIn(height: string): number {
  return Math.max(1, Math.floor((Number.parseInt(height, 10) - PADDING_PX) / LINE_PX));
}

function headerStyle(column: JsonObject, header: JsonObject | undefined): Record<string, string | undefined> {
  return {
    ...widthStyle(column),
    textAlign: wordField(header, "text_align", ["left", "center", "right"]),
    fontWeight: header?.bold === false ? "400" : undefined,
    color: header?.text_color === "grey" ? "var(--text-2)" : undefined,
  };
}

function cellStyle(column: JsonObject): Record<string, string | undefined> {
  return {
    ...widthStyle(column),
    textAlign: wordField(column, "horizontal_align", ["left", "center", "right"]),
    verticalAlign: { top: "top", center: "middle", bottom: "bottom" }[
      wordField(column, "vertical_align", ["center", "top", "bottom"])
    ],
  };
}

function widthStyle(column: JsonObject): Record<string, string | undefined> {
  const width = textField(column, "width") ?? "";
  return { width: /^\d{1,3}(?:px|%)$/.test(width) ? width : undefined, minWidth: pixels(width) };
}

function Cell({ column, value }: { column: JsonObject; value: JsonValue | undefined }): ComponentChild {
  return h(
    "div",
    { class: `cell ${textField(column, "data_type") ?? "text"}` },
    cellContent(column, value, usePage()),
  );
}

function cellContent(
  column: JsonObject,
  value: JsonValue | undefined,
  { nameOf, texts }: Page,
): ComponentChildren {
  switch (column.data_type) {
    case "markdown":
    case "lark_md":
      return h(MarkdownView, { text: String(value ?? ""), isTyping: false });
    case "number":
      return typeof value === "number"
        ? formatNumber(value, objectField(column, "format"), texts.locale)
        : plain(value);
    case "date":
      return new Intl.DateTimeFormat(texts.locale, { dateStyle: "medium" }).format(toTime(value));
    case "options": {
      const options = typeof value === "string" ? [{ text: value, color: "neutral" }] : objectsIn(value);
      return options.map((option, index) =>
        h(
          TagPill,
          { key: index, color: textField(option, "color") ?? "neutral" },
          textField(option, "text") ?? "",
        ),
      );
    }
    case "persons": {
      const ids = typeof value === "string" ? [value] : textsIn(value);
      return ids.map((id) => {
        const name = nameOf(id);
        return h(
          "span",
          { key: id, class: "person-mark" },
          h(Avatar, { name, id, size: 20 }),
          h("span", { class: "person-name" }, name),
        );
      });
    }
    default:
      return plain(value);
  }
}

function formatNumber(value: number, format: JsonObject | undefined, locale: string): string {
  const asked = numberField(format, "precision");
  const precision = asked === undefined ? undefined : Math.min(Math.max(0, Math.floor(asked)), 10);
  const digits =
    precision === undefined ? {} : { minimumFractionDigits: precision, maximumFractionDigits: precision };
  const text = new Intl.NumberFormat(locale, {
    useGrouping: isSet(format, "separator") || isSet(format, "seperator"),
    ...digits,
  }).format(value);
  return `${textField(format, "symbol") ?? ""}${text}`;
}

function toTime(value: JsonValue | undefined): number {
  const time = Number(value);
  return Math.abs(time) <= 8.64e15 ? time : 0;
}

function plain(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return isJsonObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
}
