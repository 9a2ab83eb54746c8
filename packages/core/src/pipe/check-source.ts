import { checkLanesOptions, type LanesOptions } from "./lanes-options.ts";
import { sourceError } from "./source-error.ts";
import { shapeOf } from "./source-shape.ts";

/**
 * Checks a source before there is a card for it. Starts and reads nothing. For `toFeishuCard()` of ai-sdk,
 * `message.reply()` of feishu and `pipeToText()`.
 *
 * @param lanes Options of several sources that share the card.
 * @throws {InvalidOptionError} when the source can never be shown, or an option can never work.
 */
export function checkSource(source: unknown, lanes?: LanesOptions): void {
  checkLanesOptions(lanes);
  const shape = shapeOf(source);
  if (shape === "none") throw sourceError(source);
  if (shape === "lanes") for (const lane of Object.values(Object(source))) ignoreRejection(lane);
  else ignoreRejection(source);
}

/** A promise is read once its card is there. If it fails earlier, or there comes no card, nobody else handles it. */
function ignoreRejection(source: unknown): void {
  if (source instanceof Promise) source.catch(() => {});
}
