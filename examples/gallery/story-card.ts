import type { CardEvent, CardLane, CardResult, CardStream, LaneOptions } from "@streamcard/core";
import type { StoryClock } from "./story-clock.ts";

type Way = "done" | "running" | "preparing" | "failed" | "denied" | "waiting";

interface ToolFacts {
  readonly input?: unknown;
  readonly output?: unknown;
  readonly tookMs?: number;
  readonly way?: Way;
}

/** The events of a run, in the words of a story. */
export class StoryVoice {
  readonly #said: CardStream | CardLane;
  readonly #clock: StoryClock;
  #calls = 0;

  constructor(said: CardStream | CardLane, clock: StoryClock) {
    this.#said = said;
    this.#clock = clock;
  }

  push(...events: (CardEvent | string)[]): this {
    for (const event of events) this.#said.push(event);
    return this;
  }

  pass(ms: number): this {
    this.#clock.pass(ms);
    return this;
  }

  /** Thinks for a time, in milliseconds; without one it goes on thinking. */
  thinks(text: string, tookMs?: number): this {
    this.push({ type: "reasoning-start", id: "thought" }, { type: "reasoning-delta", id: "thought", text });
    return tookMs === undefined ? this : this.pass(tookMs).push({ type: "reasoning-end", id: "thought" });
  }

  calls(toolName: string, { input, output, tookMs = 800, way = "done" }: ToolFacts = {}): this {
    this.#calls += 1;
    const toolCallId = `call-${this.#calls}`;
    this.push({ type: "tool-input-start", id: toolCallId, toolName });
    if (way === "preparing") return this;
    this.push({ type: "tool-call", toolCallId, toolName, input });
    if (way === "running") return this;
    if (way === "waiting") {
      const toolCall = { toolCallId, toolName };
      return this.push({ type: "tool-approval-request", approvalId: `approval-${this.#calls}`, toolCall });
    }
    this.pass(tookMs);
    if (way === "denied") return this.push({ type: "tool-output-denied", toolCallId });
    if (way === "failed") return this.push({ type: "tool-error", toolCallId, toolName, error: output });
    return this.push({ type: "tool-result", toolCallId, toolName, output });
  }

  cites(...sources: readonly { readonly title: string; readonly url: string }[]): this {
    return this.push(
      ...sources.map(
        ({ title, url }): CardEvent => ({ type: "source", sourceType: "url", id: url, title, url }),
      ),
    );
  }

  /** Tells the model's name and its tokens, and ends. */
  closes(finishReason = "stop", modelId = "deepseek-chat"): this {
    return this.push(
      { type: "finish-step", finishReason, response: { modelId } },
      { type: "finish", finishReason, totalUsage: { inputTokens: 1204, outputTokens: 356 } },
    );
  }
}

/** A card and its run, in the words of a story. */
export class StoryCard extends StoryVoice {
  readonly stream: CardStream;
  readonly #clock: StoryClock;
  #result: Promise<CardResult> | undefined;

  constructor(stream: CardStream, clock: StoryClock) {
    super(stream, clock);
    this.stream = stream;
    this.#clock = clock;
  }

  /** Result of the card; `undefined` for a card that is left in the middle of its run. */
  get result(): Promise<CardResult> | undefined {
    return this.#result;
  }

  lane(name: string, options?: LaneOptions): StoryVoice & { readonly lane: CardLane } {
    const lane = this.stream.lane(name, options);
    lane.start();
    return Object.assign(new StoryVoice(lane, this.#clock), { lane });
  }

  /** Makes the card offer a Stop. */
  canStop(): this {
    void this.stream.signal;
    return this;
  }

  ends(finishReason?: string): void {
    this.closes(finishReason);
    this.#result = this.stream.finish();
  }

  /** Ends without a finish of its own model, because each lane had one. */
  endsWithLanes(): void {
    this.#result = this.stream.finish();
  }

  fails(error: unknown): void {
    this.#result = this.stream.fail(error);
  }

  stops(reason?: unknown): void {
    this.#result = this.stream.stop(reason);
  }
}
