import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import type { Block } from "../../markdown/markdown-node.ts";
import { Pager, pageOf } from "../../parts/pager.ts";
import { drawInline } from "./inline-view.ts";

type Table = Extract<Block, { type: "table" }>;

const PAGE_SIZE = 5;

/** Draws a Markdown table, five rows on a page. */
export function MarkdownTable({ table: { columns, rows } }: { table: Table }): ComponentChild {
  const [wanted, setPage] = useState(0);
  const { page, pages, shown } = pageOf(rows, PAGE_SIZE, wanted);
  const align = (index: number) => ({ textAlign: columns[index]?.align ?? "left" });
  return h(
    "div",
    { class: "table-frame" },
    h(
      "div",
      { class: "table-scroll", tabIndex: 0 },
      h(
        "table",
        null,
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            columns.map(({ title }, index) =>
              h("th", { key: index, style: align(index) }, drawInline(title)),
            ),
          ),
        ),
        h(
          "tbody",
          null,
          shown.map((row, index) =>
            h(
              "tr",
              { key: index },
              row.map((cell, column) => h("td", { key: column, style: align(column) }, drawInline(cell))),
            ),
          ),
        ),
      ),
    ),
    pages > 1 && h(Pager, { page, pages, onPageChosen: setPage }),
  );
}
