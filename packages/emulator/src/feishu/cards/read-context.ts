import type { FeishuRules } from "../rules/feishu-rules.ts";
import { unrenderable } from "./card-problem.ts";

/** Context in which a card is read: the rules, and the images that its app may show. */
export interface ReadContext {
  rules: FeishuRules;
  isKnownImage(key: string): boolean;
  /** Notes a fault in the card that the rules let pass. */
  warn(text: string): void;
}

export interface PropertyCheck {
  allowed: ReadonlySet<string>;
  /** Path of the part, for error messages. */
  path: string;
  context: ReadContext;
}

/** Refuses or notes unknown properties of a part, as the rules say. @throws {CardProblem} when it refuses. */
export function checkProperties(part: object, { allowed, path, context }: PropertyCheck): void {
  for (const key of Object.keys(part)) {
    if (allowed.has(key)) continue;
    const text = `unknown property "${key}" at ${path}`;
    if (context.rules.unknownProperties === "refuse") throw unrenderable(text, key);
    context.warn(text);
  }
}
