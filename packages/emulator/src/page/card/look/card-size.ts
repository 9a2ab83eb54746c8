import type { JsonObject } from "../../../ground/json.ts";
import { objectField, textField } from "../node/json-field.ts";

// Pixels on a desktop. See "text_size" of the text components.
const TEXT_SIZES: ReadonlyMap<string, number> = new Map([
  ["heading-0", 30],
  ["heading-1", 24],
  ["heading-2", 20],
  ["heading-3", 18],
  ["heading-4", 16],
  ["heading", 16],
  ["normal", 14],
  ["notation", 12],
  ["xxxx-large", 30],
  ["xxx-large", 24],
  ["xx-large", 20],
  ["x-large", 18],
  ["large", 16],
  ["medium", 14],
  ["small", 12],
  ["x-small", 10],
]);

const NORMAL_PX = 14;

/** Converts the name of a text size to pixels. An unknown name is the normal size, 14. */
export function textSize(name: string | undefined, card: JsonObject): number {
  if (name === undefined) return NORMAL_PX;
  const own = objectField(objectField(objectField(card, "config"), "style"), "text_size");
  const meant =
    textField(objectField(own, name), "pc") ?? textField(objectField(own, name), "default") ?? name;
  return TEXT_SIZES.get(meant) ?? NORMAL_PX;
}

const SPACES: ReadonlyMap<string, string> = new Map([
  ["small", "4px"],
  ["medium", "8px"],
  ["large", "12px"],
  ["extra_large", "16px"],
]);

/** Converts a distance between components, a word or pixels, to CSS; `undefined` for any other text. */
export function spacing(value: string | undefined): string | undefined {
  return SPACES.get(value ?? "") ?? pixels(value);
}

/** Lets one length in pixels through, such as `"12px"`; `undefined` for any other text. */
export function pixels(value: string | undefined): string | undefined {
  return value !== undefined && /^\d{1,4}px$/.test(value) ? value : undefined;
}

/** Lets one to four lengths in pixels through, as in a margin or a padding; `undefined` for any other text. */
export function box(value: string | undefined): string | undefined {
  return value !== undefined && /^-?\d{1,3}px(?: -?\d{1,3}px){0,3}$/.test(value) ? value : undefined;
}
