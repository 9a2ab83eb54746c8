import type { CardEvent } from "../contract/card-event.ts";
import { fieldsOf, jsonOf, textOf } from "../read-fields.ts";
import { type LangChainMessage, messagesIn, toolOutputOf } from "./langchain-message.ts";
import { type Interrupt, questionOf } from "./langgraph-interrupt.ts";
import type { Emit } from "./run-steps.ts";

/** How a tool was started. */
export interface ToolStart {
  readonly name: string;
  /** Not known before LangChain 1.1.28, nor of tools that no model called. */
  readonly toolCallId?: string | undefined;
  readonly input?: unknown;
}

interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  hasStarted: boolean;
  /** Somebody was asked whether it may run. */
  isAsked: boolean;
}

/**
 * The tool calls of a LangChain run that have no result yet. Models announce calls, tools run them, and results come
 * from the tool or, where it never ran, in a message: this brings the three together.
 */
export class ToolCalls {
  readonly #emit: Emit;
  readonly #open = new Map<string, ToolCall>();
  readonly #settled = new Set<string>();
  /** Ids of the calls whose tool began before the model's message was known to be complete. */
  readonly #ahead = new Set<string>();
  /** Ids of interrupts: every run that one ends tells of it. */
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

  /** Whether any call has its result. */
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

  /** A tool that is not done yet says something. */
  progress(runId: string, output: unknown): void {
    const toolCallId = this.#runs.get(runId) ?? runId;
    this.#emit({ type: "tool-result", toolCallId, output, preliminary: true });
  }

  /** @param output a ToolMessage, or the bare value of a tool that no model called */
  end(runId: string, output: unknown): void {
    const { lg_name, update } = fieldsOf(output);
    // A tool that hands over to another node says so in a command; its result is among what that updates.
    const isCommand = lg_name === "Command";
    const message = messagesIn(isCommand ? update : [output]).find((result) => this.isOpen(result));
    // Two runs of one tool may have been taken for each other: the message knows better.
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
   * The run waits for somebody outside of it, who is asked whether it may go on.
   *
   * @param runId of the tool that asks, if it is one
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
   * The run paused: what was called and never run waits for whoever lets it go on. By a button of its own only where
   * nothing else was asked: an interrupt is answered under its own id.
   */
  waitForUnrun(): void {
    const hasQuestion = this.#asked.size > 0;
    for (const { id, name, hasStarted, isAsked } of this.#open.values()) {
      if (hasStarted || isAsked) continue;
      const toolCall = { toolCallId: id, toolName: name };
      this.#emit({ type: "tool-approval-request", approvalId: hasQuestion ? "" : id, toolCall });
    }
  }

  /** Whether it is the result of a call that has none yet. */
  isOpen({ role, fields }: LangChainMessage): boolean {
    const id = textOf(fields.tool_call_id);
    return role === "tool" && id !== undefined && this.#open.has(id);
  }

  /** A result by its message: the tool may have run unseen, or never. */
  result(message: LangChainMessage): void {
    const id = textOf(message.fields.tool_call_id);
    if (message.role === "tool" && id !== undefined) this.#settle(id, message.fields);
  }

  /** Closes calls that nobody ran. */
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

  /** By its id; where that is unknown by its name and input, else by its name, in the order of the calls. */
  #find({ name, toolCallId, input }: ToolStart): ToolCall | undefined {
    if (toolCallId !== undefined) return this.#open.get(toolCallId);
    const called = [...this.#open.values()].filter((call) => call.name === name && !call.hasStarted);
    const text = typeof input === "string" ? input : JSON.stringify(input);
    return called.find((call) => JSON.stringify(call.input) === text) ?? called[0];
  }
}
