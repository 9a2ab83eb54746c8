import { fieldsOf, listOf, textOf } from "../read-fields.ts";

/** A pause of a LangGraph run, and what it asks for. */
export interface Interrupt {
  /** Key under which `Command({ resume })` answers it. */
  readonly id: string;
  /** Argument of `interrupt()`. */
  readonly value: unknown;
}

/**
 * Reads the interrupts of an error, or of a stream's `__interrupt__`. Leaves out those without an id, which cannot be
 * answered one by one.
 */
export function interruptsIn(value: unknown): Interrupt[] {
  return listOf(value).flatMap((item) => {
    const interrupt = fieldsOf(item);
    const id = textOf(interrupt.id);
    return id === undefined ? [] : [{ id, value: interrupt.value }];
  });
}

/** The question that an interrupt asks the reader. */
export interface Question {
  /** Name of the tool, if a tool waits for an approval. */
  readonly toolName?: string;
  readonly title: string;
  readonly input?: unknown;
}

/**
 * Reads the question of an interrupt: a text, the tool calls that `humanInTheLoopMiddleware` lets wait, or any other
 * value.
 */
export function questionOf({ value }: Interrupt): Question {
  if (typeof value === "string") return { title: value };
  const actions = listOf(fieldsOf(value).actionRequests).map(fieldsOf);
  const names = actions.flatMap(({ name }) => textOf(name) ?? []);
  const [action] = actions;
  if (action === undefined || names.length === 0) return { title: "interrupt", input: value };
  // Several calls have one answer: the question shows all of them.
  if (actions.length > 1) return { title: names.join(", "), input: actions };
  const [toolName = ""] = names;
  return { toolName, title: toolName, input: action.args ?? action.arguments };
}
