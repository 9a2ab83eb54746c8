import type { DriverProfile } from "../contract/card-driver.ts";
import type { ToolCall, ToolPart } from "../run/run-part.ts";
import type { RunView } from "../view/run-view.ts";
import type { Holder } from "./holder.ts";
import type { PageList } from "./page-list.ts";
import { ToolRows } from "./tool-rows.ts";

/** Tool calls on the pages of a run: a call stands on the page where it was made, and goes along while it is open. */
export class ToolPlacement {
  readonly #pages: PageList;
  readonly #profile: DriverProfile;
  readonly #view: Pick<RunView, "drawTool">;
  /** Calls on the current page; absent while it has none. */
  #rows: ToolRows | undefined;
  readonly #placed = new Set<ToolPart>();

  constructor(
    pages: PageList,
    { profile, view }: { readonly profile: DriverProfile; readonly view: Pick<RunView, "drawTool"> },
  ) {
    this.#pages = pages;
    this.#profile = profile;
    this.#view = view;
  }

  /** Tells if a call stands on a page that was left, where it stays as it is. */
  isLeftBehind(part: ToolPart): boolean {
    return this.#placed.has(part) && this.#rows?.has(part) !== true;
  }

  /** Shows a call on the current page. @returns false where that has no room. */
  put(part: ToolPart, tool: ToolCall, holder: Holder): boolean {
    this.#placed.add(part);
    const cardIndex = this.#pages.count - 1;
    this.#rows ??= new ToolRows(this.#pages.current, this.#profile, (call, id) =>
      this.#view.drawTool(call, { id, card: cardIndex }),
    );
    return this.#rows.put(part, tool, holder);
  }

  /** Leaves the page: calls that go on are shown on the next one. */
  leave(): void {
    for (const part of this.#rows?.leave() ?? []) this.#placed.delete(part);
    this.#rows = undefined;
  }
}
