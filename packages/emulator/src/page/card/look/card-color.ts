import { isJsonObject, type JsonObject } from "../../../ground/json.ts";
import { objectField, textField } from "../node/json-field.ts";

/** Colour families of the platform's palette. See https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/enumerations-for-fields-related-to-color */
const FAMILIES = new Set(
  "blue carmine green grey indigo lime neutral orange purple red sunflower turquoise violet wathet yellow".split(
    " ",
  ),
);

// Percent of the family's own colour in each shade. The rest is the colour of paper up to 500, and that of ink above.
const SHADES: ReadonlyMap<string, number> = new Map([
  ["00", 0],
  ["50", 7],
  ["100", 15],
  ["200", 33],
  ["300", 58],
  ["350", 68],
  ["400", 82],
  ["500", 100],
  ["600", 86],
  ["650", 78],
  ["700", 68],
  ["800", 50],
  ["900", 34],
  ["950", 24],
  ["1000", 14],
]);

/** Purpose of a colour. The same name is strong as ink or as a fill, and pale as paper. */
export type ColorUse = "ink" | "paper" | "line" | "fill";

const DEFAULT_SHADE = { paper: "100", line: "200", fill: "500" } as const;

/** Tells whether a colour is one of the palette's families, and not a shade or a colour of the card's own. */
export function isColorFamily(name: string): boolean {
  return FAMILIES.has(name);
}

/**
 * Converts a colour of a card to CSS; `undefined` for a name that is missing, unknown or "default".
 *
 * @param card card whose `config.style.color` may define colours of its own.
 */
export function cardColor(name: string | undefined, use: ColorUse, card?: JsonObject): string | undefined {
  if (name === undefined || name === "" || name === "default") return undefined;
  if (name === "white" || name === "bg-white") return use === "ink" ? "#fff" : "var(--card)";
  return paletteColor(name, use) ?? ownColor(name, card);
}

function paletteColor(name: string, use: ColorUse): string | undefined {
  const [, family = "", shade] = /^([a-z]+)(?:-(\d{2,4}))?$/.exec(name) ?? [];
  if (!FAMILIES.has(family)) return undefined;
  if (shade === undefined && use === "ink") return `var(--${family}-ink)`;
  const wanted = shade ?? DEFAULT_SHADE[use === "ink" ? "paper" : use];
  const share = SHADES.get(wanted);
  if (share === undefined) return undefined;
  const other = Number(wanted) > 500 ? "var(--ink)" : "var(--card)";
  return share === 100 ? `var(--${family})` : `color-mix(in srgb, var(--${family}) ${share}%, ${other})`;
}

const RGB = /^rgba?\(\s*[\d.]+\s*,\s*[\d.]+\s*,\s*[\d.]+\s*(?:,\s*[\d.]+%?\s*)?\)$/;

function ownColor(name: string, card: JsonObject | undefined): string | undefined {
  const colors = objectField(objectField(objectField(card, "config"), "style"), "color");
  const own = colors?.[name];
  if (!isJsonObject(own)) return undefined;
  const light = textField(own, "light_mode") ?? "";
  const dark = textField(own, "dark_mode") ?? "";
  return RGB.test(light) && RGB.test(dark) ? `light-dark(${light}, ${dark})` : undefined;
}
