import type { CardSnapshot, JsonObject, JsonValue } from "@streamcard/emulator";

/** The answer on a card, and the end of its run. */
export interface SeenCard {
  /** Blocks of text, from top to bottom. */
  readonly texts: readonly string[];
  readonly status: string | undefined;
  readonly streaming: boolean;
  readonly finalizations: number;
}

/** A tool call, as it stands on a card. */
export interface SeenTool {
  /** The line of the call: mark, title, state and duration. */
  readonly line: string;
  /** Folded texts, by their headings. */
  readonly details: Readonly<Record<string, string>>;
  readonly buttons: readonly string[];
}

/** Everything on a card but the words of its answer. */
export interface SeenBlocks {
  /** Kinds of the blocks, from top to bottom. */
  readonly order: readonly string[];
  readonly reasoning: readonly { readonly title: string; readonly text: string; readonly folded: boolean }[];
  readonly tools: readonly SeenTool[];
  /** Lines under the title of the sources. */
  readonly sources: readonly string[];
  /** The platform's keys of images. */
  readonly images: readonly string[];
  readonly footer: string | undefined;
  /** Buttons at the foot of the card. */
  readonly buttons: readonly string[];
}

export function seenCard({ elements, streaming, finalizations }: CardSnapshot): SeenCard {
  const status = elements.findIndex(({ elementId }) => elementId === "sc_status");
  return {
    texts: elements.flatMap(({ tag, elementId, content }) =>
      tag === "markdown" && isAnswer(elementId) && content !== undefined ? [content] : [],
    ),
    status: status < 0 ? undefined : elements[status + 1]?.content,
    streaming,
    finalizations,
  };
}

export function seenBlocks({ json }: CardSnapshot): SeenBlocks {
  const blocks = childrenOf(json.body).map((element) => ({ element, kind: kindOf(element) }));
  const of = (kind: string) => blocks.flatMap((block) => (block.kind === kind ? [block.element] : []));
  return {
    order: blocks.map(({ kind }) => kind),
    reasoning: of("reasoning").map((panel) => ({
      title: titleOf(panel),
      text: markdownIn(panel),
      folded: panel.expanded === false,
    })),
    tools: of("tool").map((tool) => ({
      line: tool.tag === "div" ? contentOf(tool.text) : titleOf(tool),
      details: detailsIn(markdownIn(tool)),
      buttons: buttonsIn(tool),
    })),
    sources: of("sources").flatMap((panel) => words(markdownIn(panel)).split("\n")),
    images: of("image").map((image) => String(image.img_key)),
    footer: of("footer").map((line) => contentOf(line.text))[0],
    buttons: of("actions").flatMap(buttonsIn),
  };
}

/** Tells an element of the answer by its id: all others begin with `sc_`. */
function isAnswer(elementId: string | undefined): boolean {
  return elementId?.startsWith("sc_") === false;
}

/** Tells the kind of an element by its id: `sc_tool_3` is a tool. */
function kindOf({ tag, element_id }: JsonObject): string {
  const id = String(element_id);
  return tag === "markdown" && isAnswer(id) ? "text" : id.replace(/^sc_/, "").replace(/_\d+$/, "");
}

function titleOf(panel: JsonObject): string {
  return isObject(panel.header) ? contentOf(panel.header.title) : "";
}

function contentOf(text: JsonValue | undefined): string {
  return isObject(text) && typeof text.content === "string" ? text.content : "";
}

function markdownIn(element: JsonObject): string {
  return componentsIn(element)
    .flatMap((part) => (part.tag === "markdown" ? [contentOf(part)] : []))
    .join("\n");
}

function buttonsIn(element: JsonObject): string[] {
  return componentsIn(element).flatMap((part) => (part.tag === "button" ? [contentOf(part.text)] : []));
}

function componentsIn(element: JsonObject): JsonObject[] {
  return [element, ...childrenOf(element).flatMap(componentsIn)];
}

function childrenOf(element: JsonValue | undefined): JsonObject[] {
  if (!isObject(element)) return [];
  return [element.elements, element.columns]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter(isObject);
}

/** Reads code blocks, by the line above each. */
function detailsIn(markdown: string): Record<string, string> {
  const blocks = markdown.matchAll(/^(.+)\n(`{3,})\w+\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...blocks].map(([, heading, , code]) => [heading, code]));
}

/** Reads words in which Markdown's marks are written as entities. */
function words(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_entity, code) => String.fromCharCode(Number(code)));
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
