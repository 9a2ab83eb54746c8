/** What LangChain calls handlers with, as far as it is read here: the same in `@langchain/core` 0.3 and 1.x. */

export interface SerializedLike {
  readonly id?: readonly string[] | undefined;
  readonly name?: string | undefined;
}

export interface NewTokenFields {
  /** With its `message` where a chat model made it. */
  readonly chunk?: object | undefined;
}

export interface LLMResultLike {
  readonly generations: readonly (readonly { readonly text?: string; readonly message?: unknown }[])[];
  readonly llmOutput?: Readonly<Record<string, unknown>> | undefined;
}

export type Metadata = Readonly<Record<string, unknown>>;

/** An event of the protocol in which 1.x streams content blocks. */
export interface ContentBlockEvent {
  readonly event: string;
  readonly delta?: { readonly type?: string };
}
