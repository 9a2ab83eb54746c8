import { type ComponentChild, type ComponentChildren, h } from "preact";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import { Avatar } from "../../parts/avatar.ts";
import { type Page, usePage } from "../../parts/page-context.ts";
import { TagPill } from "../look/tag-pill.ts";
import { isSet, numberField, objectField, objectsIn, textField, textsIn } from "../node/json-field.ts";
import { MarkdownView } from "../text/markdown-view.ts";

/** Draws a cell of a `table` by the data type of its column. */
export function TableCell({
  column,
  value,
}: {
  column: JsonObject;
  value: JsonValue | undefined;
}): ComponentChild {
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

// The largest time that a `Date` can hold.
const MAX_TIME_MS = 8.64e15;

function toTime(value: JsonValue | undefined): number {
  const time = Number(value);
  return Math.abs(time) <= MAX_TIME_MS ? time : 0;
}

function plain(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return isJsonObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
}
