import type { ReadContext } from "../cards/read-context.ts";
import type { App } from "./app.ts";
import type { World } from "./world.ts";

/** Makes the context in which a card of an app is read: an app can show only images that it has uploaded itself. */
export function cardReadContext(
  { rules, images }: World,
  { appId }: App,
  warn: (text: string) => void,
): ReadContext {
  return { rules, isKnownImage: (key) => images.get(key)?.appId === appId, warn };
}
