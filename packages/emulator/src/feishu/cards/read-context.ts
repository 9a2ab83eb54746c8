import type { FeishuRules } from "../rules/feishu-rules.ts";
import { unrenderable } from "./card-problem.ts";

/** What a card is read against. */
export interface ReadContext {
  rules: FeishuRules;
  isKnownImage(key: string): boolean;
  /** Notes what is let pass. */
  warn(text: string): void;
}

export interface PropertyCheck {
  allowed: ReadonlySet<string>;
  /** Where the part stands, as messages name it. */
  path: string;
  context: ReadContext;
}

/** Refuses, or notes, the properties that a part of a card does not have. */
export function checkProperties(part: object, { allowed, path, context }: PropertyCheck): void {
  for (const key of Object.keys(part)) {
    if (allowed.has(key)) continue;
    const text = `unknown property "${key}" at ${path}`;
    if (context.rules.unknownProperties === "refuse") throw unrenderable(text, key);
    context.warn(text);
  }
}
