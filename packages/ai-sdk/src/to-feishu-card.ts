import { type CardResult, type CardSource, type LanesOptions, pipeToCard } from "@streamcard/core";
import { checkSource } from "@streamcard/core/internal";
import { type Feishu, type FeishuCardOptions, feishuCard } from "@streamcard/feishu";

/** Options of the card, and the app that makes it. */
export interface ToFeishuCardOptions extends FeishuCardOptions {
  /** App that makes the card. @defaultValue the one that the environment names, as for `feishuCard()` */
  feishu?: Feishu | undefined;
  /** Options of several sources that share the card. @defaultValue those of `LanesOptions` */
  lanes?: LanesOptions | undefined;
}

/**
 * Shows a run on a Feishu card, from its start to its end, and waits for the card: `pipeToCard(source, card)`, with a
 * card that is made once the source has been checked.
 *
 * Give it a function: the card opens before the model is called, whatever goes wrong lands on the card, and Stop
 * reaches the run by the signal. It also takes what is running already: the result of `streamText()`,
 * `generateText()` or an agent, a promise of one, or any of their streams. Other readers of a result get all of
 * it, too. Several sources by name share the card, each in a lane of its own.
 *
 * @param source As for `pipeToCard()`.
 * @param options Those of `feishuCard()`, `feishu` and `lanes`. Without any, the card goes to `FEISHU_TO`.
 * @returns How the run ended and what the reader has of it. Does not reject for a failed run or delivery.
 * @throws {InvalidOptionError} at once, with no card opened, when an option or the source can never work.
 * @throws {FeishuConfigError} at once when credentials are missing.
 * @example
 * await toFeishuCard(({ signal }) => streamText({ model, prompt, abortSignal: signal }), { to: "oc_…" });
 * await toFeishuCard({ gpt: () => streamText({ model: gpt, prompt }), qwen: () => streamText({ model: qwen, prompt }) });
 */
export function toFeishuCard(
  source: CardSource,
  { feishu, lanes, ...options }: ToFeishuCardOptions = {},
): Promise<CardResult> {
  checkSource(source, lanes);
  const card = feishu === undefined ? feishuCard(options) : feishu.card(options);
  return pipeToCard(source, card, { lanes });
}
