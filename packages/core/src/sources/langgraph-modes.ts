import { type Fields, fieldsOf, isFields, textOf } from "../read-fields.ts";
import { langChainMessageOf, messagesIn } from "./langchain-message.ts";
import type { LangChainMessages, MessagePlace } from "./langchain-open-messages.ts";
import type { ToolCalls } from "./langchain-tool-calls.ts";
import type { Emit } from "./run-steps.ts";
import type { SourceTranslator } from "./source-translator.ts";

/** The state of one LangChain stream, shared by the translators that read it. */
export interface LangChainRun {
  readonly emit: Emit;
  readonly messages: LangChainMessages;
  readonly tools: ToolCalls;
  /** Notes that the run paused and waits for an answer. @param interrupts In LangGraph's own form. */
  interrupt(interrupts: unknown): void;
  /** Reads a value that the application itself put into the stream. */
  custom(value: unknown): void;
}

const modes: ReadonlySet<unknown> = new Set([
  "values",
  "updates",
  "messages",
  "custom",
  "tools",
  "tasks",
  "debug",
  "checkpoints",
]);

/**
 * Reads LangGraph's stream modes, one or several, with and without sub-graphs, and the message chunks of a chat model.
 *
 * @see https://docs.langchain.com/oss/javascript/langgraph/streaming
 */
export class LangGraphModes implements SourceTranslator {
  readonly #run: LangChainRun;
  #hasState = false;

  constructor(run: LangChainRun) {
    this.#run = run;
  }

  read(chunk: unknown): boolean {
    if (Array.isArray(chunk)) return this.#tuple(chunk);
    if (langChainMessageOf(chunk) !== undefined) {
      this.#message(chunk, {});
      return true;
    }
    return isFields(chunk) && this.#object(chunk);
  }

  end(): Error | undefined {
    this.#run.messages.closeAll();
    return undefined;
  }

  #tuple(chunk: readonly unknown[]): boolean {
    const [first, second, third] = chunk;
    if (chunk.length === 2 && langChainMessageOf(first) !== undefined) {
      this.#message(first, fieldsOf(second));
      return true;
    }
    if (chunk.length === 3 && isNamespace(first) && modes.has(second)) return this.#mode(second, third);
    if (chunk.length !== 2) return false;
    if (typeof first === "string" && modes.has(first)) return this.#mode(first, second);
    return isNamespace(first) && this.read(second);
  }

  #mode(mode: unknown, chunk: unknown): boolean {
    switch (mode) {
      case "messages":
        if (Array.isArray(chunk)) this.#message(chunk[0], fieldsOf(chunk[1]));
        break;
      case "updates":
        this.#updates(fieldsOf(chunk));
        break;
      case "values":
        this.#values(fieldsOf(chunk));
        break;
      case "tools":
        this.#tool(fieldsOf(chunk));
        break;
      case "custom":
        this.#run.custom(chunk);
        break;
    }
    return true;
  }

  /** Reads a chunk of a single mode, which does not name its mode: takes only a chunk that can be of one mode alone. */
  #object(chunk: Fields): boolean {
    if (typeof chunk.type === "string") return false;
    if (typeof chunk.event === "string" && chunk.event.startsWith("on_tool_") && "toolCallId" in chunk) {
      this.#tool(chunk);
      return true;
    }
    if (Array.isArray(chunk.messages) && messagesIn(chunk.messages).length === chunk.messages.length) {
      this.#values(chunk);
      return true;
    }
    const isUpdate =
      "__interrupt__" in chunk || Object.values(chunk).some((value) => messagesIn(value).length > 0);
    if (isUpdate) this.#updates(chunk);
    return isUpdate;
  }

  #message(value: unknown, metadata: Fields): void {
    const message = langChainMessageOf(value);
    if (message === undefined) return;
    const { messages, tools } = this.#run;
    const place = placeOf(metadata, message.id);
    if (message.role === "tool") {
      messages.closeBefore(place);
      // Without metadata one message is open at a time, and the result of its call says that it is over.
      if (place.graph === undefined) messages.close(place.key);
      tools.result(message);
    } else if (message.role === "ai") {
      if (message.isChunk) messages.chunk(message, place);
      else messages.whole(message, place);
    }
  }

  #updates(updates: Fields): void {
    if ("__interrupt__" in updates) this.#run.interrupt(updates.__interrupt__);
    for (const update of Object.values(updates)) this.#state(update);
  }

  /** Reads a whole state. The messages of the first state were there before the run. */
  #values(state: Fields): void {
    if ("__interrupt__" in state) this.#run.interrupt(state.__interrupt__);
    if (this.#hasState) this.#state(state);
    else this.#run.messages.skip(messagesIn(state));
    this.#hasState = true;
  }

  #state(state: unknown): void {
    for (const message of messagesIn(state)) {
      if (message.role === "tool") this.#run.tools.result(message);
      else if (message.role === "ai") this.#run.messages.whole(message, { key: `state ${message.id}` });
    }
  }

  #tool(event: Fields): void {
    const { tools } = this.#run;
    const id = textOf(event.toolCallId);
    if (id === undefined) return;
    switch (event.event) {
      case "on_tool_start":
        tools.start(id, { name: textOf(event.name) ?? "", toolCallId: id, input: event.input });
        break;
      case "on_tool_event":
        tools.progress(id, event.data);
        break;
      case "on_tool_end":
        tools.end(id, event.output);
        break;
      case "on_tool_error":
        tools.fail(id, event.error);
        break;
    }
  }
}

/** Reads the place of a message. Without metadata there is one model, and one message at a time. */
function placeOf(metadata: Fields, id: string | undefined): MessagePlace {
  const namespace = textOf(metadata.langgraph_checkpoint_ns);
  const model = textOf(metadata.ls_model_name);
  if (namespace === undefined) return { key: "stream", model };
  const graph = namespace.split("|").slice(0, -1).join("|");
  return { key: `${namespace} ${id}`, graph, step: metadata.langgraph_step, model };
}

function isNamespace(value: unknown): boolean {
  return Array.isArray(value) && value.every((part) => typeof part === "string");
}
