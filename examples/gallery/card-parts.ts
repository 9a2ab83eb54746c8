/** JSON of a card, as far as the gallery writes it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Part = { [key: string]: Json };

/** A card of schema 2.0. `more` goes beside its body. */
export function card(elements: Part[], more: Part = {}): Part {
  return { schema: "2.0", ...more, body: { elements } };
}

export function plain(content: string, more: Part = {}): Part {
  return { tag: "plain_text", content, ...more };
}

export function markdown(content: string, more: Part = {}): Part {
  return { tag: "markdown", content, ...more };
}

export function div(content: string, text: Part = {}, more: Part = {}): Part {
  return { tag: "div", text: plain(content, text), ...more };
}

export function header(title: string, template: string, more: Part = {}): Part {
  return { header: { title: plain(title), template, ...more } };
}

export function tag(text: string, color: string): Part {
  return { tag: "text_tag", text: plain(text), color };
}

export function button(text: string, more: Part = {}): Part {
  return {
    tag: "button",
    text: plain(text),
    behaviors: [{ type: "callback", value: { clicked: text } }],
    ...more,
  };
}

export function columns(mode: string, list: Part[], more: Part = {}): Part {
  return { tag: "column_set", flex_mode: mode, columns: list, ...more };
}

export function column(elements: Part[], more: Part = {}): Part {
  return { tag: "column", width: "weighted", weight: 1, elements, ...more };
}

/** Components side by side, each as wide as it is. */
export function row(elements: Part[]): Part {
  return columns(
    "flow",
    elements.map((element) => column([element], { width: "auto" })),
  );
}

export function panel(title: string, elements: Part[], more: Part = {}): Part {
  return { tag: "collapsible_panel", header: { title: plain(title) }, elements, ...more };
}

export function icon(token: string, color = "grey"): Part {
  return { tag: "standard_icon", token, color };
}

/** A small grey line, such as a footer. */
export function notation(content: string, more: Part = {}): Part {
  return { tag: "div", text: plain(content, { text_size: "notation", text_color: "grey" }), ...more };
}
