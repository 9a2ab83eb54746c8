import { type Fields, fieldsOf, isFields, listOf, textOf } from "../read-fields.ts";
import { documentSources } from "./cited-source.ts";
import { isContentBlockEvent } from "./langchain-content-blocks.ts";
import { langChainMessageOf, messagesIn } from "./langchain-message.ts";
import type { LangChainRun } from "./langgraph-modes.ts";
import type { SourceTranslator } from "./source-translator.ts";

const silent = ["nostream", "langsmith:nostream", "langsmith:hidden"];

/**
 * Reads `streamEvents()`: version 2, version 3 of graphs, and the content blocks of a chat model.
 *
 * @see https://docs.langchain.com/oss/javascript/langchain/streaming
 */
export class StreamEvents implements SourceTranslator {
  readonly #run: LangChainRun;

  constructor(run: LangChainRun) {
    this.#run = run;
  }

  read(chunk: unknown): boolean {
    if (!isFields(chunk)) return false;
    if (chunk.type === "event" && typeof chunk.method === "string") {
      this.#protocolEvent(chunk.method, fieldsOf(chunk.params));
      return true;
    }
    if (typeof chunk.event !== "string") return false;
    if (typeof chunk.run_id === "string" && chunk.event.startsWith("on_")) {
      this.#event(chunk.event, chunk.run_id, chunk);
      return true;
    }
    if (!isContentBlockEvent(chunk)) return false;
    this.#run.messages.blockEvent(chunk, { key: "stream" });
    return true;
  }

  end(): Error | undefined {
    this.#run.messages.closeAll();
    return undefined;
  }

  #event(event: string, runId: string, chunk: Fields): void {
    const { messages, tools } = this.#run;
    const data = fieldsOf(chunk.data);
    const place = { key: runId, model: textOf(fieldsOf(chunk.metadata).ls_model_name) };
    switch (event) {
      case "on_chat_model_stream":
      case "on_chat_model_end": {
        if (isSilent(chunk)) return;
        const message = langChainMessageOf(event === "on_chat_model_end" ? data.output : data.chunk);
        if (message === undefined) return;
        if (event === "on_chat_model_end") messages.finish(message, place);
        else messages.chunk(message, place);
        return;
      }
      case "on_tool_start":
        tools.start(runId, { name: textOf(chunk.name) ?? "", input: data.input });
        return;
      case "on_tool_end":
        tools.end(runId, data.output);
        return;
      case "on_tool_error":
        tools.fail(runId, data.error);
        return;
      case "on_retriever_end":
        if (!isSilent(chunk)) for (const source of documentSources(data.output)) this.#run.emit(source);
        return;
      case "on_chain_stream": {
        const state = fieldsOf(data.chunk);
        if ("__interrupt__" in state) this.#run.interrupt(state.__interrupt__);
        return;
      }
      case "on_chain_end":
        // Nothing else tells of a tool that was not found, nor before 1.1.17 of one that failed.
        for (const message of messagesIn(data.output)) if (tools.isOpen(message)) tools.result(message);
        return;
    }
  }

  #protocolEvent(method: string, params: Fields): void {
    const data = fieldsOf(params.data);
    switch (method) {
      case "messages":
        this.#run.messages.blockEvent(data, { key: textOf(data.run_id) ?? "stream" });
        return;
      case "tools":
        this.#protocolTool(data);
        return;
      case "updates":
        if (data.node === "__interrupt__") this.#run.interrupt(data.values);
        return;
      case "custom":
        this.#run.custom(params.data);
        return;
    }
  }

  #protocolTool(data: Fields): void {
    const { tools } = this.#run;
    const id = textOf(data.tool_call_id);
    if (id === undefined) return;
    const type = data.type ?? data.event;
    if (type === "tool-started") {
      tools.start(id, { name: textOf(data.tool_name) ?? "", toolCallId: id, input: data.input });
    } else if (type === "tool-finished") tools.end(id, data.output);
    else if (type === "tool-error" || type === "tool-failed") tools.fail(id, data.error ?? data.message);
  }
}

function isSilent({ tags }: Fields): boolean {
  return listOf(tags).some((tag) => silent.includes(String(tag)));
}
