import { checkFeishuCardOptions, type Feishu, type FeishuCardOptions, feishuCard } from "@streamcard/feishu";
import { CardHandler } from "../handler/card-handler.ts";
import { checkRunOptions, type HandlerOptions } from "../handler/handler-options.ts";
import type { HandlerRun } from "../handler/handler-run.ts";
import type { RunInfo } from "../runs/handled-run.ts";
import { runTarget, withoutTarget } from "./run-target.ts";

/** Options of a handler whose cards are Feishu's: those of `feishu.card()`, and how a run becomes a card. */
export interface FeishuCardHandlerOptions
  extends FeishuCardOptions,
    Omit<HandlerOptions, "signal" | "logger"> {
  /** App that makes the cards. @defaultValue the one that the environment names, as for `feishuCard()` */
  feishu?: Feishu | undefined;
}

/** Options of one run: those of its card, in place of the handler's. */
export type FeishuRunOptions = Omit<FeishuCardHandlerOptions, "feishu" | "onCard">;

/**
 * A LangChain callback handler that shows each top-level run on a Feishu card, and always finishes the card.
 *
 * One handler serves a whole bot: every run gets a card of its own, sent to the target that its options name, else the
 * run's `metadata: { streamcard: { to } }`, else the handler's options, else `FEISHU_TO`. Works with `@langchain/core`
 * 0.3.80 and later, and 1.x. Trouble with a card leaves its run alone: see `result`, `onDeliveryError` and the logger.
 *
 * @throws {InvalidOptionError} from the constructor, when an option can never work.
 * @example
 * await agent.invoke(input, { callbacks: [new FeishuCardHandler({ to: "oc_…" })] });
 * @example
 * const handler = new FeishuCardHandler();
 * await agent.invoke(input, handler.run({ to: "oc_…" })); // the form in which a stop of the card reaches the run
 */
export class FeishuCardHandler extends CardHandler {
  override readonly name: string = "FeishuCardHandler";
  readonly #makeCard: (own: FeishuCardOptions, run: RunInfo) => ReturnType<typeof feishuCard>;

  constructor(options: FeishuCardHandlerOptions = {}) {
    checkOptions(options);
    const { feishu, isAnswer, onCard, awaitCard, maxSilenceMs, signal, ...shared } = options;
    const makeCard = (own: FeishuCardOptions, { metadata }: RunInfo) => {
      const cardOptions = {
        ...withoutTarget(shared),
        ...withoutTarget(own),
        ...runTarget(own, metadata, shared),
      };
      return feishu === undefined ? feishuCard(cardOptions) : feishu.card(cardOptions);
    };
    const { logger } = shared;
    super({ card: (run) => makeCard({}, run), isAnswer, onCard, awaitCard, maxSilenceMs, signal, logger });
    this.#makeCard = makeCard;
  }

  /**
   * Prepares one run, in which a stop of the card reaches the run: `agent.invoke(input, handler.run({ to }))`.
   *
   * @param options In place of the handler's.
   * @throws {InvalidOptionError} when an option can never work.
   */
  override run(options: FeishuRunOptions = {}): HandlerRun {
    checkOptions(options);
    const { isAnswer, awaitCard, maxSilenceMs, signal, ...own } = options;
    const card = (run: RunInfo) => this.#makeCard(own, run);
    return super.run({ card, isAnswer, awaitCard, maxSilenceMs, signal });
  }
}

function checkOptions(options: FeishuRunOptions): void {
  checkFeishuCardOptions(options);
  const { maxSilenceMs } = options;
  checkRunOptions({ maxSilenceMs });
}
