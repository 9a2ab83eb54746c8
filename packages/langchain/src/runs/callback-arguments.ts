/**
 * The fields read here of the arguments that LangChain calls handlers with: the same in `@langchain/core` 0.3 and
 * 1.x.
 */

export interface SerializedLike {
  readonly id?: readonly string[] | undefined;
  readonly name?: string | undefined;
}

export interface NewTokenFields {
  /** Has a `message` if a chat model made it. */
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
