import { InvalidOptionError } from "@streamcard/core";
import type { FeishuCardOptions, FeishuTargetOptions } from "@streamcard/feishu";
import type { Metadata } from "../runs/callback-arguments.ts";

const fields = ["to", "receiveIdType", "replyTo", "replyInThread", "fallbackTo"] as const;

/**
 * Finds the target of a run's card: the first that is named by the options of `handler.run()`, the run's
 * `metadata.streamcard`, the options of the handler, or `FEISHU_TO`.
 *
 * @throws {InvalidOptionError} when none names a target.
 */
export function runTarget(
  runOptions: FeishuCardOptions,
  metadata: Metadata,
  handlerOptions: FeishuCardOptions,
): FeishuTargetOptions {
  const found = [runOptions, metadataTarget(metadata), handlerOptions].find(hasTarget);
  if (found !== undefined) return targetOf(found);
  // A card that exists already needs no target.
  if (runOptions.cardId !== undefined || handlerOptions.cardId !== undefined) return {};
  const to = globalThis.process?.env?.FEISHU_TO?.trim();
  if (to) return { to };
  throw new InvalidOptionError(
    "The run has no target for its card: give `to` to FeishuCardHandler or to handler.run(), " +
      "`metadata: { streamcard: { to } }` to the run, or set FEISHU_TO.",
  );
}

/** Picks the target's options alone, so that one place's `to` and another's `replyTo` never come together. */
function targetOf(options: FeishuTargetOptions): FeishuTargetOptions {
  return Object.fromEntries(fields.map((name) => [name, options[name]]));
}

export function withoutTarget<Options extends FeishuTargetOptions>(
  options: Options,
): Omit<Options, keyof FeishuTargetOptions> {
  const rest: Partial<Options> = { ...options };
  for (const name of fields) delete rest[name];
  return rest as Omit<Options, keyof FeishuTargetOptions>;
}

function hasTarget({ to, replyTo }: FeishuTargetOptions): boolean {
  return to !== undefined || replyTo !== undefined;
}

/** Reads the target of a run's metadata, unchecked: a target that cannot be one is refused when the card is made. */
function metadataTarget({ streamcard }: Metadata): FeishuTargetOptions {
  return typeof streamcard === "object" && streamcard !== null ? (streamcard as FeishuTargetOptions) : {};
}
