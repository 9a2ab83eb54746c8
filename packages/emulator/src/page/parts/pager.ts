import { type ComponentChild, h } from "preact";
import { Icon } from "./icon.ts";
import { usePage } from "./page-context.ts";

export interface PagerProps {
  /** Index of the page that is shown. */
  page: number;
  /** Number of pages. */
  pages: number;
  onPageChosen(page: number): void;
}

/** Draws the buttons that turn the pages of a table. */
export function Pager({ page, pages, onPageChosen }: PagerProps): ComponentChild {
  const { texts } = usePage();
  const button = (to: number, label: string, name: "left" | "right"): ComponentChild =>
    h(
      "button",
      {
        type: "button",
        "aria-label": label,
        disabled: to < 0 || to >= pages,
        onClick: () => onPageChosen(to),
      },
      h(Icon, { name, size: 14 }),
    );
  return h(
    "div",
    { class: "pager" },
    button(page - 1, texts.previousPage, "left"),
    h("span", { "aria-live": "polite" }, `${page + 1}/${pages}`),
    button(page + 1, texts.nextPage, "right"),
  );
}

/** Finds the rows of one page, and the number of pages. A wanted page beyond the last one gives the last one. */
export function pageOf<Row>(
  rows: readonly Row[],
  size: number,
  wanted: number,
): { page: number; pages: number; shown: readonly Row[] } {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(wanted, pages - 1);
  return { page, pages, shown: rows.slice(page * size, (page + 1) * size) };
}
