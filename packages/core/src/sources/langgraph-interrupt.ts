import { fieldsOf, listOf, textOf } from "../read-fields.ts";

/** A pause of a LangGraph run, and what it asks for. */
export interface Interrupt {
  /** By which `Command({ resume })` answers it. */
  readonly id: string;
  /** What `interrupt()` was called with. */
  readonly value: unknown;
}

/** The interrupts of an error, or of a stream's `__interrupt__`. Those without an id cannot be answered one by one. */
export function interruptsIn(value: unknown): Interrupt[] {
  return listOf(value).flatMap((item) => {
    const interrupt = fieldsOf(item);
    const id = textOf(interrupt.id);
    return id === undefined ? [] : [{ id, value: interrupt.value }];
  });
}

/** What the reader is asked about. */
export interface Question {
  /** Of the tool, where it is a tool that waits for leave. */
  readonly toolName?: string;
  readonly title: string;
  readonly input?: unknown;
}

/** Reads what an interrupt asks: a text, or the tool calls that `humanInTheLoopMiddleware` lets wait, or anything. */
export function questionOf({ value }: Interrupt): Question {
  if (typeof value === "string") return { title: value };
  const actions = listOf(fieldsOf(value).actionRequests).map(fieldsOf);
  const names = actions.flatMap(({ name }) => textOf(name) ?? []);
  const [action] = actions;
  if (action === undefined || names.length === 0) return { title: "interrupt", input: value };
  // One answer for several calls is asked for once, with all of them in view.
  if (actions.length > 1) return { title: names.join(", "), input: actions };
  const [toolName = ""] = names;
  return { toolName, title: toolName, input: action.args ?? action.arguments };
}
