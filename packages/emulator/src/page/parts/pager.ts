import { type ComponentChild, h } from "preact";
import { Icon } from "./icon.ts";
import { usePage } from "./page-context.ts";

export interface PagerProps {
  page: number;
  pages: number;
  onTurn(page: number): void;
}

/** Turns the pages of a table. */
export function Pager({ page, pages, onTurn }: PagerProps): ComponentChild {
  const { texts } = usePage();
  const turn = (to: number, label: string, name: "left" | "right"): ComponentChild =>
    h(
      "button",
      { type: "button", "aria-label": label, disabled: to < 0 || to >= pages, onClick: () => onTurn(to) },
      h(Icon, { name, size: 14 }),
    );
  return h(
    "div",
    { class: "pager" },
    turn(page - 1, texts.previousPage, "left"),
    h("span", { "aria-live": "polite" }, `${page + 1}/${pages}`),
    turn(page + 1, texts.nextPage, "right"),
  );
}

/** The rows of one page, and how many pages there are. A page that is gone is the last one. */
export function pageOf<Row>(
  rows: readonly Row[],
  size: number,
  wanted: number,
): { page: number; pages: number; shown: readonly Row[] } {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(wanted, pages - 1);
  return { page, pages, shown: rows.slice(page * size, (page + 1) * size) };
}
