import type { CardEvent, TokenUsage } from "../contract/card-event.ts";
import { addUsage } from "../run/add-usage.ts";

/** Takes the events of a run, one by one. */
export type Emit = (event: CardEvent) => void;

/** The end of a model's message, as far as it is known. */
export interface MessageEnd {
  readonly finishReason?: string | undefined;
  readonly usage?: TokenUsage | undefined;
  /** As the provider names it. */
  readonly model?: string | undefined;
}

/**
 * The steps of a run. A step lasts while any message of a model is open, so that it never cuts through the text of a
 * branch that runs beside another.
 */
export class RunSteps {
  readonly #emit: Emit;
  #open = 0;
  #step: MessageEnd = {};
  #usage: TokenUsage | undefined;
  #finishReason: string | undefined;
  #hasBegun = false;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Finish reason of the message that ended last. */
  get finishReason(): string | undefined {
    return this.#finishReason;
  }

  /** Notes that a message begins. */
  begin(): void {
    this.#hasBegun = true;
    this.#open += 1;
    if (this.#open > 1) return;
    this.#step = {};
    this.#emit({ type: "start-step" });
  }

  /** Notes that a message ends. */
  end({ finishReason, usage, model }: MessageEnd): void {
    this.#open -= 1;
    this.#usage = addUsage(this.#usage, usage);
    this.#finishReason = finishReason ?? this.#finishReason;
    this.#step = {
      finishReason: finishReason ?? this.#step.finishReason,
      usage: addUsage(this.#step.usage, usage),
      model: model ?? this.#step.model,
    };
    if (this.#open > 0) return;
    const { model: modelId } = this.#step;
    this.#emit({
      type: "finish-step",
      ...present(this.#step.finishReason, "usage", this.#step.usage),
      ...(modelId !== undefined && { response: { modelId } }),
    });
  }

  /** Counts tokens that belong to no step. */
  addUsage(usage: TokenUsage | undefined): void {
    this.#usage = addUsage(this.#usage, usage);
  }

  /** Tells that the run is over. */
  finish(finishReason = this.#finishReason): void {
    this.#emit({ type: "finish", ...present(finishReason, "totalUsage", this.#usage) });
  }
}

function present<Key extends "usage" | "totalUsage">(
  finishReason: string | undefined,
  key: Key,
  usage: TokenUsage | undefined,
): { finishReason?: string } & { [K in Key]?: TokenUsage } {
  return {
    ...(finishReason !== undefined && { finishReason }),
    ...(usage !== undefined && ({ [key]: usage } as { [K in Key]?: TokenUsage })),
  } as { finishReason?: string } & { [K in Key]?: TokenUsage };
}
