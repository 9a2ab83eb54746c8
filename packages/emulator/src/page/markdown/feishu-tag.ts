import { decodeEntities } from "./decode-entities.ts";
import type { Inline } from "./markdown-node.ts";
import { plainText } from "./plain-text.ts";
import { safeUrl } from "./safe-url.ts";

/** A tag of the platform in a text, such as `<font color='red'>`. */
export interface FeishuTag {
  readonly name: string;
  readonly isClosing: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

const NAMES = new Set("a at br font hr link local_datetime number_tag person raw text_tag".split(" "));
const TAG = /^<(\/?)([a-z_]+)((?:\s(?:"[^"<>]*"|'[^'<>]*'|[^"'<>])*)?)>/;
const UNFINISHED_TAG = /<\/?([a-z_]*)(\s[^<>]*)?$/;
const ATTRIBUTE = /([A-Za-z_][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;

/** Finds the source of the tag at the beginning of a text; `undefined` if the text begins with no tag of the platform. */
export function tagAtStart(text: string): string | undefined {
  const [source, , name = ""] = TAG.exec(text) ?? [];
  return NAMES.has(name) ? source : undefined;
}

/** Finds the index at which an unfinished tag at the end of a text begins; `undefined` if there is none. */
export function unfinishedTagStart(text: string): number | undefined {
  const match = UNFINISHED_TAG.exec(text);
  if (match === null) return undefined;
  const [, name = "", attributes] = match;
  const canBecomeTag =
    attributes === undefined ? [...NAMES].some((known) => known.startsWith(name)) : NAMES.has(name);
  return canBecomeTag ? match.index : undefined;
}

/** Parses the source of a tag; `undefined` if it is no tag of the platform. */
export function readTag(source: string): FeishuTag | undefined {
  const [, slash, name = "", rest = ""] = TAG.exec(source) ?? [];
  if (!NAMES.has(name)) return undefined;
  const attributes = new Map<string, string>();
  for (const [, key = "", ...values] of rest.matchAll(ATTRIBUTE)) {
    attributes.set(key, decodeEntities(values.find((value) => value !== undefined) ?? ""));
  }
  return { name, isClosing: slash === "/", attributes };
}

/** Tells whether a tag has no content and no closing tag. */
export function isVoidTag({ name }: FeishuTag): boolean {
  return name === "br" || name === "hr";
}

/** Converts a tag and the nodes inside it to nodes. */
export function nodesOfTag({ name, attributes }: FeishuTag, children: Inline[]): Inline[] {
  const attribute = (key: string): string => attributes.get(key) ?? "";
  switch (name) {
    case "br":
      return [{ type: "break" }];
    case "hr":
      return [{ type: "rule" }];
    case "at": {
      const ids = (attributes.get("ids") ?? attributes.get("id") ?? attribute("email")).split(",");
      return [{ type: "mention", ids: ids.map((id) => id.trim()).filter((id) => id !== "") }];
    }
    case "person":
      return [
        {
          type: "person",
          id: attribute("id"),
          hasName: attribute("show_name") !== "false",
          hasAvatar: attribute("show_avatar") !== "false",
          isCapsule: attribute("style") === "capsule",
        },
      ];
    case "font":
      return [{ type: "font", color: attribute("color"), children }];
    case "text_tag":
      return [{ type: "tag", color: attribute("color"), children }];
    case "a":
      return [{ type: "link", url: safeUrl(attributes.get("href")), children }];
    case "link":
      return [{ type: "link", url: urlOf(attributes), icon: attributes.get("icon"), children }];
    case "number_tag":
      return [
        {
          type: "number",
          text: plainText(children),
          background: attribute("background_color"),
          color: attribute("font_color"),
          url: urlOf(attributes),
        },
      ];
    case "local_datetime":
      return [
        {
          type: "time",
          milliseconds: Number(attribute("millisecond")),
          format: attribute("format_type"),
          url: safeUrl(attributes.get("link")),
        },
      ];
    default:
      return children;
  }
}

// The address for desktops comes first, because the page shows a card as a desktop client does.
function urlOf(attributes: ReadonlyMap<string, string>): string | undefined {
  return safeUrl(attributes.get("pc_url")) ?? safeUrl(attributes.get("url"));
}
