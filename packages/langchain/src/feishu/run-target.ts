import { InvalidOptionError } from "@streamcard/core";
import type { FeishuCardOptions, FeishuTargetOptions } from "@streamcard/feishu";
import type { Metadata } from "../runs/callback-arguments.ts";

const fields = ["to", "receiveIdType", "replyTo", "replyInThread", "fallbackTo"] as const;

/**
 * Where the card of a run goes: where the first of these says that names a target. The options of `handler.run()`,
 * the run's `metadata.streamcard`, the options of the handler, `FEISHU_TO`.
 *
 * @throws {InvalidOptionError} when none does.
 */
export function runTarget(
  runOptions: FeishuCardOptions,
  metadata: Metadata,
  handlerOptions: FeishuCardOptions,
): FeishuTargetOptions {
  const found = [runOptions, metadataTarget(metadata), handlerOptions].find(hasTarget);
  if (found !== undefined) return targetOf(found);
  // A card that exists is where it is.
  if (runOptions.cardId !== undefined || handlerOptions.cardId !== undefined) return {};
  const to = globalThis.process?.env?.FEISHU_TO?.trim();
  if (to) return { to };
  throw new InvalidOptionError(
    "The run has no target for its card: give `to` to FeishuCardHandler or to handler.run(), " +
      "`metadata: { streamcard: { to } }` to the run, or set FEISHU_TO.",
  );
}

/** The target's options alone, so that one source's `to` and another's `replyTo` never come together. */
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

/** What the platform would refuse is refused when the card is made, with what was received. */
function metadataTarget({ streamcard }: Metadata): FeishuTargetOptions {
  return typeof streamcard === "object" && streamcard !== null ? (streamcard as FeishuTargetOptions) : {};
}
