import { type ComponentChild, h } from "preact";
import { Icon } from "./icon.ts";

const COLORS = ["blue", "orange", "green", "violet", "turquoise", "carmine", "purple", "indigo"] as const;

export interface AvatarProps {
  name: string;
  /** Id that decides the colour. */
  id: string;
  size: number;
  kind?: "person" | "bot" | "group";
}

/** Draws a round picture: a robot for a bot, else characters of the name. */
export function Avatar({ name, id, size, kind = "person" }: AvatarProps): ComponentChild {
  const style = { width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.4)}px` };
  if (kind === "bot") {
    return h(
      "span",
      { class: "avatar bot", style, "aria-hidden": "true" },
      h(Icon, { name: "robot", size: size * 0.6 }),
    );
  }
  const color = kind === "group" ? "group" : COLORS[hash(id) % COLORS.length];
  return h("span", { class: `avatar ${color}`, style, "aria-hidden": "true" }, initials(name, size));
}

// A Chinese name is shortened to its last one or two characters, every other name to its initials.
function initials(name: string, size: number): string {
  const letters = [...name.trim()];
  if (letters.some((letter) => /\p{Script=Han}/u.test(letter)))
    return letters.slice(size < 24 ? -1 : -2).join("");
  const words = name.trim().split(/\s+/);
  return words
    .slice(0, size < 24 ? 1 : 2)
    .map((word) => word[0]?.toUpperCase() ?? "")
    .join("");
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return value;
}
