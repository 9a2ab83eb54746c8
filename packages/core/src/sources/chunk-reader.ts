import type { CardEvent, CardInput } from "../contract/card-event.ts";
import { fieldsOf } from "../read-fields.ts";
import { parseCardEvents } from "../run/parse-card-event.ts";
import { AnthropicMessages } from "./anthropic-messages.ts";
import { LangChainMessages } from "./langchain-open-messages.ts";
import { StreamEvents } from "./langchain-stream-events.ts";
import { ToolCalls } from "./langchain-tool-calls.ts";
import { type Interrupt, interruptsIn } from "./langgraph-interrupt.ts";
import { type LangChainRun, LangGraphModes } from "./langgraph-modes.ts";
import { OpenAiChat } from "./openai-chat.ts";
import { OpenAiResponses } from "./openai-responses.ts";
import { RunSteps } from "./run-steps.ts";
import type { SourceTranslator } from "./source-translator.ts";

/**
 * A reader of chunks that are no text. Each goes to the translator that knows its kind; events and parts of the AI SDK
 * go through as they are.
 */
export class ChunkReader {
  readonly #steps: RunSteps;
  readonly #translators: readonly SourceTranslator[];
  readonly #tools: ToolCalls;
  #found: CardInput[] = [];
  #isInterrupted = false;
  /** Asked about at the end, because by then their tool calls are complete. */
  readonly #interrupts: Interrupt[] = [];
  #hasCustomText = false;

  constructor() {
    const emit = (event: CardEvent) => this.#tell(event);
    this.#tools = new ToolCalls(emit);
    this.#steps = new RunSteps(emit);
    const run: LangChainRun = {
      emit,
      messages: new LangChainMessages(this.#tools.emit, this.#steps),
      tools: this.#tools,
      interrupt: (interrupts) => {
        this.#isInterrupted = true;
        this.#interrupts.push(...interruptsIn(interrupts));
      },
      custom: (value) => this.#custom(value),
    };
    this.#translators = [
      new OpenAiChat(emit, this.#steps),
      new OpenAiResponses(emit, this.#steps),
      new AnthropicMessages(emit, this.#steps),
      new StreamEvents(run),
      new LangGraphModes(run),
    ];
  }

  /** Translates a chunk. @returns The chunk itself if no translator knows its kind. */
  read(chunk: unknown): CardInput[] {
    const isRead = this.#translators.some((translator) => translator.read(chunk));
    if (!isRead) this.#found.push(chunk as CardInput);
    return this.#take();
  }

  /** Takes in that the stream closed. @returns The rest of the input, with the run's end if the stream told it. */
  end(): CardInput[] {
    const errors = this.#translators.flatMap((translator) => translator.end() ?? []);
    const [error] = errors;
    if (error !== undefined) this.#tell({ type: "error", error });
    else if (this.#isInterrupted) this.#wait();
    else if (this.#steps.hasBegun) this.#steps.finish(this.#finishReason());
    return this.#take();
  }

  /** Takes in that the stream failed. @returns The rest of the input. */
  fail(error: unknown): CardInput[] {
    if (fieldsOf(error).lc_error_code === "GRAPH_RECURSION_LIMIT") this.#steps.finish("step-limit");
    return this.#take();
  }

  /** Returns the reason of the last message; `"stop"` if that called tools which have their results by now. */
  #finishReason(): string | undefined {
    const { finishReason } = this.#steps;
    return finishReason === "tool-calls" && this.#hasSettledCalls() ? "stop" : finishReason;
  }

  #wait(): void {
    for (const interrupt of this.#interrupts) this.#tools.ask(interrupt);
    this.#tools.waitForUnrun();
    this.#steps.finish("waiting");
  }

  #hasSettledCalls(): boolean {
    return this.#tools.hasSettled && this.#tools.open.length === 0;
  }

  #tell(event: CardEvent): void {
    if (event.type === "start-step" || event.type === "text-start") this.#endCustomText();
    this.#found.push(event);
  }

  #custom(value: unknown): void {
    if (typeof value === "string") this.#hasCustomText = true;
    const isRead = this.#translators.some((translator) => translator.read(value));
    // Any other value is not meant for a card.
    if (!isRead && parseCardEvents(value) !== undefined) this.#found.push(value as CardInput);
  }

  /** Ends the application's own text, so that its later text comes below what a model said in between. */
  #endCustomText(): void {
    if (!this.#hasCustomText) return;
    this.#hasCustomText = false;
    this.#found.push({ type: "text-end", id: "text" });
  }

  #take(): CardInput[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
}
