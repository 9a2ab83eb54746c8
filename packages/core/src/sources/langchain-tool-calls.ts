import type { CardEvent } from "../contract/card-event.ts";
import { fieldsOf, jsonOf, textOf } from "../read-fields.ts";
import { type LangChainMessage, messagesIn, toolOutputOf } from "./langchain-message.ts";
import { type Interrupt, questionOf } from "./langgraph-interrupt.ts";
import type { Emit } from "./run-steps.ts";

/** The start of a tool. */
export interface ToolStart {
  readonly name: string;
  /** Unknown before LangChain 1.1.28, and for tools that no model called. */
  readonly toolCallId?: string | undefined;
  readonly input?: unknown;
}

interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  hasStarted: boolean;
  /** An approval was asked for. */
  isAsked: boolean;
}

/**
 * The tool calls of a LangChain run. Brings together the call that a model announces, the tool that runs it, and the
 * result, which comes from the tool or, if that never ran, in a message.
 */
export class ToolCalls {
  readonly #emit: Emit;
  readonly #open = new Map<string, ToolCall>();
  readonly #settled = new Set<string>();
  /** Ids of the calls whose tool began before the model's message was known to be complete. */
  readonly #ahead = new Set<string>();
  /** Ids of the interrupts that were asked about. An interrupt comes again from each run that it ends. */
  readonly #asked = new Set<string>();
  /** Call ids by the id of the tool's own run. */
  readonly #runs = new Map<string, string>();

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** Passes an event on, and notes the calls of models. */
  readonly emit = (event: CardEvent): void => {
    if (event.type !== "tool-call") this.#emit(event);
    else if (!this.#ahead.delete(event.toolCallId)) this.#call(event);
  };

  /** Calls without a result. */
  get open(): readonly { readonly id: string; readonly hasStarted: boolean }[] {
    return [...this.#open.values()];
  }

  /** True once a call has its result. */
  get hasSettled(): boolean {
    return this.#settled.size > 0;
  }

  start(runId: string, start: ToolStart): void {
    const call = this.#find(start);
    const id = call?.id ?? start.toolCallId ?? runId;
    this.#runs.set(runId, id);
    if (call === undefined) {
      if (start.toolCallId !== undefined) this.#ahead.add(id);
      this.#call({ type: "tool-call", toolCallId: id, toolName: start.name, input: jsonOf(start.input) });
    }
    const open = this.#open.get(id);
    if (open !== undefined) open.hasStarted = true;
  }

  /** Tells a preliminary output of a tool that is still running. */
  progress(runId: string, output: unknown): void {
    const toolCallId = this.#runs.get(runId) ?? runId;
    this.#emit({ type: "tool-result", toolCallId, output, preliminary: true });
  }

  /** Tells the output of a tool. @param output A ToolMessage, or the bare value of a tool that no model called. */
  end(runId: string, output: unknown): void {
    const { lg_name, update } = fieldsOf(output);
    // A tool that hands over to another node returns a command, which has the tool's result in its update.
    const isCommand = lg_name === "Command";
    const message = messagesIn(isCommand ? update : [output]).find((result) => this.isOpen(result));
    // Two runs of one tool may have been taken for each other, so the call's id in the message decides.
    if (message !== undefined) this.result(message);
    else this.#settle(this.#runs.get(runId) ?? runId, isCommand ? undefined : output);
  }

  fail(runId: string, error: unknown): void {
    this.#close(this.#runs.get(runId) ?? runId, (call) => ({
      type: "tool-error",
      toolCallId: call.id,
      toolName: call.name,
      error,
    }));
  }

  /**
   * Asks for the answer that an interrupt waits for.
   *
   * @param runId Run of the tool that asks; `undefined` if a node asks.
   */
  ask(interrupt: Interrupt, runId?: string): void {
    const { id: approvalId } = interrupt;
    if (this.#asked.has(approvalId)) return;
    this.#asked.add(approvalId);
    const { toolName, title, input } = questionOf(interrupt);
    const call =
      runId !== undefined
        ? this.#open.get(this.#runs.get(runId) ?? runId)
        : toolName === undefined
          ? undefined
          : this.#find({ name: toolName, input });
    const { id: toolCallId, name } = call ?? { id: `interrupt-${approvalId}`, name: title };
    if (call === undefined) this.#emit({ type: "tool-call", toolCallId, toolName: name, input });
    else call.isAsked = true;
    this.#emit({ type: "tool-approval-request", approvalId, toolCall: { toolCallId, toolName: name } });
  }

  /**
   * Marks the calls that never ran as waiting, because the run paused. They get buttons only if no interrupt was asked
   * about: an interrupt is answered under its own id.
   */
  waitForUnrun(): void {
    const hasQuestion = this.#asked.size > 0;
    for (const { id, name, hasStarted, isAsked } of this.#open.values()) {
      if (hasStarted || isAsked) continue;
      const toolCall = { toolCallId: id, toolName: name };
      this.#emit({ type: "tool-approval-request", approvalId: hasQuestion ? "" : id, toolCall });
    }
  }

  /** Tells whether a message is the result of a call that has none yet. */
  isOpen({ role, fields }: LangChainMessage): boolean {
    const id = textOf(fields.tool_call_id);
    return role === "tool" && id !== undefined && this.#open.has(id);
  }

  /** Tells the result that a message holds, also of a tool that ran unseen or never ran. */
  result(message: LangChainMessage): void {
    const id = textOf(message.fields.tool_call_id);
    if (message.role === "tool" && id !== undefined) this.#settle(id, message.fields);
  }

  /** Tells the calls that never ran as failed. */
  closeUnrun(): void {
    for (const { id, hasStarted } of this.open) {
      if (!hasStarted) this.fail(id, new Error("The tool was never run."));
    }
  }

  #call(event: Extract<CardEvent, { type: "tool-call" }>): void {
    const { toolCallId: id, toolName: name, input } = event;
    this.#settled.delete(id);
    this.#open.set(id, { id, name, input, hasStarted: false, isAsked: false });
    this.#emit(event);
  }

  #settle(id: string, output: unknown): void {
    const message = fieldsOf(output);
    const { status, tool_call_id } = message;
    const value = tool_call_id === undefined ? output : toolOutputOf(message);
    this.#close(
      id,
      ({ name }): CardEvent =>
        tool_call_id !== undefined && status === "error"
          ? { type: "tool-error", toolCallId: id, toolName: name, error: value }
          : { type: "tool-result", toolCallId: id, toolName: name, output: value },
    );
  }

  #close(id: string, event: (call: { readonly id: string; readonly name: string }) => CardEvent): void {
    if (this.#settled.has(id)) return;
    this.#settled.add(id);
    const call = this.#open.get(id) ?? { id, name: "" };
    this.#open.delete(id);
    this.#emit(event(call));
  }

  /** Finds the call of a tool by its id; if that is unknown by name and input, else the first call of that name. */
  #find({ name, toolCallId, input }: ToolStart): ToolCall | undefined {
    if (toolCallId !== undefined) return this.#open.get(toolCallId);
    const called = [...this.#open.values()].filter((call) => call.name === name && !call.hasStarted);
    const text = typeof input === "string" ? input : JSON.stringify(input);
    return called.find((call) => JSON.stringify(call.input) === text) ?? called[0];
  }
}
