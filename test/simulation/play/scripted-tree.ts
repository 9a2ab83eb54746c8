import { AIMessageChunk } from "@langchain/core/messages";
import {
  type Runnable,
  type RunnableConfig,
  RunnableLambda,
  RunnableParallel,
} from "@langchain/core/runnables";
import { tool } from "@langchain/core/tools";
import type { ManualClock } from "@streamcard/core/testing";
import { z } from "zod";
import { answerText, deltasOf, randomFrom } from "../scenario/answer-text.ts";
import type { RunTreePlan } from "../scenario/run-tree.ts";
import { TimetableModel } from "./langchain-feed.ts";

/** Delta of a model. It belongs to the answer unless the run was over by then. */
export interface Word {
  readonly model: number;
  readonly text: string;
  readonly at: number;
}

/** Scripted run of a tree, without any card. It notes each delta of the answer with its time. */
export class ScriptedTree {
  readonly words: Word[] = [];
  readonly #clock: ManualClock;
  readonly #gapMs: number;
  #models = 0;
  #tools = 0;
  /** Time at which the run is made to fail. */
  failAt = Number.POSITIVE_INFINITY;
  failedAt: number | undefined;

  constructor(clock: ManualClock, gapMs: number) {
    this.#clock = clock;
    this.#gapMs = gapMs;
  }

  build(plan: RunTreePlan, isAnswer = true): Runnable<string, unknown> {
    switch (plan.kind) {
      case "model": {
        const model = this.#model(plan, isAnswer && !plan.isSilent);
        return plan.isSilent ? model.withConfig({ tags: ["nostream"] }) : model;
      }
      case "fallback":
        return this.#model(plan, isAnswer, { fails: true }).withFallbacks([this.#model(plan, isAnswer)]);
      case "sequence": {
        const children = plan.children.map((child) => this.build(child, isAnswer));
        return RunnableLambda.from(async (input: string, config: RunnableConfig) => {
          for (const child of children) await child.invoke(input, config);
        });
      }
      case "parallel":
        return RunnableParallel.from(
          Object.fromEntries(plan.children.map((child, at) => [String(at), this.build(child, isAnswer)])),
        );
      case "tool": {
        const child = this.build(plan.child, false);
        this.#tools += 1;
        const name = `tool_${this.#tools}`;
        const run = async (_input: unknown, config: RunnableConfig) => {
          await child.invoke("?", config);
          return "ok";
        };
        const made = tool(run as never, { name, description: name, schema: z.object({}) });
        // Returns nothing, because the output of a chain without a model is its answer.
        return RunnableLambda.from(async (_input: string, config: RunnableConfig) => {
          await made.invoke({}, config);
        });
      }
    }
  }

  #model(
    { seed, length }: { readonly seed: number; readonly length: number },
    isAnswer: boolean,
    { fails = false } = {},
  ): TimetableModel {
    this.#models += 1;
    const number = this.#models;
    return new TimetableModel((signal) =>
      this.#say(number, answerText(seed, length), { seed, isAnswer, fails, signal }),
    );
  }

  async *#say(
    model: number,
    text: string,
    options: { seed: number; isAnswer: boolean; fails: boolean; signal: AbortSignal | undefined },
  ): AsyncGenerator<AIMessageChunk> {
    const { seed, isAnswer, fails, signal } = options;
    const random = randomFrom(seed ^ model);
    let said = 0;
    for (const delta of deltasOf(text, seed ^ model, 24)) {
      // No two models speak at the same moment, so that the order of deltas and ends is known.
      await this.#clock.sleep(Math.ceil(random() * this.#gapMs) + model / 1_000);
      signal?.throwIfAborted();
      if (fails && said >= text.length / 2) throw new Error("This model fails, and another takes its place.");
      if (this.#clock.now() >= this.failAt) {
        this.failedAt ??= this.#clock.now();
        throw new Error("The run fails.");
      }
      said += delta.length;
      if (isAnswer) this.words.push({ model, text: delta, at: this.#clock.now() });
      yield new AIMessageChunk({ content: delta });
    }
    // A model without text takes time, too.
    await this.#clock.sleep(1 + model / 1_000);
    if (fails) throw new Error("This model fails, and another takes its place.");
    yield new AIMessageChunk({ content: "", response_metadata: { finish_reason: "stop" } });
  }
}
