import type { PartLike } from "@streamcard/core";
import { type CardTarget, takeCard } from "@streamcard/core/internal";
import { CardTap } from "./card-tap.ts";
import { safely } from "./safely.ts";

/** A transform for `experimental_transform`, in `streamText()` and in agents. */
export type CardTransform = <Part extends PartLike>() => TransformStream<Part, Part>;

/**
 * Makes a transform that shows a run on a card, and passes every part on as it is.
 *
 * It sees all parts in order, the end of the run and a dead socket; it neither slows nor breaks the run.
 * As with any transform, something has to read the stream: a response, `consumeStream()`, a promise of the result.
 * A run that never starts, or whose stream nobody reads any more, ends with a time limit of its card.
 *
 * @param target A card, for one run; or a function that makes one for each run, as an agent needs it.
 * @throws {InvalidOptionError} when it is neither.
 * @throws {TypeError} when something else is being piped into the card.
 * @example
 * const card = feishuCard({ to: "oc_…" });
 * streamText({ model, prompt, abortSignal: card.signal, experimental_transform: cardTransform(card) });
 */
export function cardTransform(target: CardTarget): CardTransform {
  const taps = new RunTaps(target);
  return () => new TransformStream(tapInto(taps));
}

function tapInto<Part extends PartLike>(taps: RunTaps): Transformer<Part, Part> {
  let tap: CardTap | undefined;
  let isBound = false;
  // A stream that ends before its first part is a run, too.
  const bound = () => {
    if (!isBound) {
      isBound = true;
      tap = taps.start();
    }
    return tap;
  };
  // `cancel` is called for a dead socket; TypeScript's own types do not have it yet.
  const transformer: Transformer<Part, Part> & { cancel(reason: unknown): void } = {
    transform(part, controller) {
      safely(() => {
        if (!isBound) {
          isBound = true;
          tap = part.type === "start" ? taps.start() : taps.resume();
        }
        tap?.push(part);
      });
      controller.enqueue(part);
    },
    flush: () => safely(() => taps.close(bound())),
    cancel: (reason) => safely(() => bound()?.cancel(reason)),
  };
  return transformer;
}

/**
 * The runs behind the streams of a transform: each attempt of a run is a stream, and only the first begins with
 * `start`.
 */
class RunTaps {
  readonly #target: CardTarget;
  #unused: CardTap | undefined;
  #waiting: CardTap | undefined;

  constructor(target: CardTarget) {
    this.#target = target;
    if (typeof target !== "function") this.#unused = new CardTap(takeCard(target));
  }

  start(): CardTap | undefined {
    if (typeof this.#target === "function") return new CardTap(takeCard(this.#target));
    const tap = this.#unused;
    this.#unused = undefined;
    return tap;
  }

  resume(): CardTap | undefined {
    const tap = this.#waiting?.isWaiting ? this.#waiting : undefined;
    this.#waiting = undefined;
    tap?.resume();
    return tap;
  }

  close(tap: CardTap | undefined): void {
    tap?.close();
    if (tap?.isWaiting) this.#waiting = tap;
  }
}
