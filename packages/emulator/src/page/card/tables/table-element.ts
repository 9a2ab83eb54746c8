import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import type { JsonObject } from "../../../ground/json.ts";
import { Pager, pageOf } from "../../parts/pager.ts";
import { pixels } from "../look/card-size.ts";
import type { ElementProps } from "../node/card-context.ts";
import { isSet, numberField, objectField, objectsIn, textField, wordField } from "../node/json-field.ts";
import { TableCell } from "./table-cell.ts";

// Height in pixels, and the number of text lines that fit in it.
const ROW_HEIGHTS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ["low", [36, 1]],
  ["middle", [58, 2]],
  ["high", [80, 3]],
]);
const DEFAULT_PAGE_SIZE = 5;
const MAX_PAGE_SIZE = 10;
const PADDING_PX = 14;
const LINE_PX = 22;

/** Draws a `table`. */
export function TableElement({ node }: ElementProps): ComponentChild {
  const [wanted, setPage] = useState(0);
  const columns = objectsIn(node.columns);
  const size = Math.min(Math.max(1, numberField(node, "page_size") ?? DEFAULT_PAGE_SIZE), MAX_PAGE_SIZE);
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
                  h(TableCell, { column, value: row[textField(column, "name") ?? ""] }),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
    pages > 1 && h(Pager, { page, pages, onPageChosen: setPage }),
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
