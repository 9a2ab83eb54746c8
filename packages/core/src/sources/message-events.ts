import { type Fields, parseJson } from "../read-fields.ts";
import { citedSource } from "./cited-source.ts";
import { madeImage } from "./made-image.ts";
import type { Emit } from "./run-steps.ts";

/** A piece of a tool call that a model is still writing. */
export interface ToolInputPiece {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  /** Text that continues the pieces before it. */
  readonly delta?: string | undefined;
}

interface ToolInput {
  id: string | undefined;
  name: string | undefined;
  text: string;
  /** Number of characters of the text that were told. */
  told: number;
  isStarted: boolean;
  isCalled: boolean;
}

interface OpenBlock {
  readonly kind: "text" | "reasoning";
  readonly id: string;
  readonly part: string;
}

/**
 * One message of a model as events: its text and reasoning in blocks, in the order in which they come, and its tool
 * calls. Deltas that follow one another are one block; anything between two deltas begins another block.
 */
export class MessageEvents {
  readonly #id: string;
  readonly #emit: Emit;
  readonly #inputs = new Map<string, ToolInput>();
  /** The newest call of each index, because some hosts give every call of a message the same index. */
  readonly #latest = new Map<string, string>();
  #block: OpenBlock | undefined;
  #blocks = 0;
  #hasText = false;

  /** @param id Unlike that of any other message of the run. */
  constructor(id: string, emit: Emit) {
    this.#id = id;
    this.#emit = emit;
  }

  get hasText(): boolean {
    return this.#hasText;
  }

  /** True once anything of the message has been told. */
  get hasOutput(): boolean {
    return this.#blocks > 0 || this.#inputs.size > 0;
  }

  /** @param part The provider's part of the message. Each part is a paragraph of its own. */
  text(delta: string | undefined, part = ""): void {
    if (!delta) return;
    this.#hasText = true;
    this.#emit({ type: "text-delta", id: this.#openBlock("text", part), text: delta });
  }

  reasoning(delta: string | undefined, part = ""): void {
    if (!delta) return;
    this.#emit({ type: "reasoning-delta", id: this.#openBlock("reasoning", part), text: delta });
  }

  /** Tells the source that a citation names. */
  cite(citation: unknown): void {
    const source = citedSource(citation);
    if (source !== undefined) this.#emit(source);
  }

  /** Tells an image that is a part of the message. */
  image(part: Fields): void {
    const image = madeImage(part);
    if (image === undefined) return;
    this.closeBlock();
    this.#emit(image);
  }

  /** Tells a piece of a tool call. @param key Index or id of the call within the message. */
  toolInput(key: string, { id, name, delta = "" }: ToolInputPiece): void {
    this.closeBlock();
    const known = this.#inputs.get(this.#latest.get(key) ?? key);
    const isAnother = id !== undefined && name !== undefined && known?.id !== undefined && known.id !== id;
    if (isAnother) this.#latest.set(key, `${key}#${id}`);
    const input = this.#input(this.#latest.get(key) ?? key);
    input.id ??= id;
    input.name ??= name;
    input.text += delta;
    this.#tell(key, input);
  }

  /** Tells a piece of a tool call whose input comes as snapshots: all of it so far. */
  toolInputSnapshot(key: string, piece: ToolInputPiece, text: string): void {
    const known = this.#inputs.get(key)?.text ?? "";
    this.toolInput(key, { ...piece, delta: text.startsWith(known) ? text.slice(known.length) : "" });
  }

  /** True once a tool call has begun. */
  get hasCalls(): boolean {
    return this.#inputs.size > 0;
  }

  /** Tells that a call is complete, once. */
  toolCall(id: string | undefined, name: string, input: unknown, key = id ?? name): void {
    this.closeBlock();
    const known =
      [...this.#inputs].find(([at, one]) => at === key || (id !== undefined && one.id === id))?.[1] ??
      this.#input(key);
    known.id ??= id;
    known.name ??= name;
    this.#call(known, input);
  }

  /** Tells that a call is complete, with the input that was streamed. */
  endToolInput(key: string): void {
    const input = this.#inputs.get(key);
    if (input !== undefined) this.#call(input, input.text === "" ? {} : parseJson(input.text));
  }

  closeBlock(): void {
    if (this.#block === undefined) return;
    const { kind, id } = this.#block;
    this.#block = undefined;
    this.#emit({ type: `${kind}-end`, id });
  }

  /** Ends the message. Its calls are complete. */
  end(): void {
    this.closeBlock();
    for (const key of this.#inputs.keys()) this.endToolInput(key);
  }

  #openBlock(kind: OpenBlock["kind"], part: string): string {
    if (this.#block?.kind === kind && this.#block.part === part) return this.#block.id;
    this.closeBlock();
    const id = `${this.#id}:${this.#blocks}`;
    this.#blocks += 1;
    this.#block = { kind, id, part };
    this.#emit({ type: `${kind}-start`, id });
    return id;
  }

  #input(key: string): ToolInput {
    const known = this.#inputs.get(key);
    if (known !== undefined) return known;
    const input: ToolInput = {
      id: undefined,
      name: undefined,
      text: "",
      told: 0,
      isStarted: false,
      isCalled: false,
    };
    this.#inputs.set(key, input);
    return input;
  }

  /** Tells the start and new input of a call, once its name is known: some hosts send that after the first input. */
  #tell(key: string, input: ToolInput): void {
    if (input.name === undefined || input.isCalled) return;
    input.id ??= `${this.#id}:${key}`;
    if (!input.isStarted) {
      input.isStarted = true;
      this.#emit({ type: "tool-input-start", id: input.id, toolName: input.name });
    }
    if (input.told === input.text.length) return;
    this.#emit({ type: "tool-input-delta", id: input.id, delta: input.text.slice(input.told) });
    input.told = input.text.length;
  }

  #keyOf(input: ToolInput): string {
    return [...this.#inputs].find(([, one]) => one === input)?.[0] ?? "";
  }

  #call(input: ToolInput, value: unknown): void {
    if (input.isCalled || input.name === undefined) return;
    input.isCalled = true;
    const toolCallId = input.id ?? `${this.#id}:${this.#keyOf(input)}`;
    if (input.isStarted) this.#emit({ type: "tool-input-end", id: toolCallId });
    this.#emit({ type: "tool-call", toolCallId, toolName: input.name, input: value });
  }
}
