import type { CardBlock } from "../contract/card-block.ts";
import { describeValue } from "../describe-value.ts";
import { InvalidOptionError } from "../errors.ts";

/** How tool calls are shown. */
export interface ToolOptions {
  /** What readers call a tool, by its name. @defaultValue the title that the run gave, else the tool's name */
  titles?: Readonly<Record<string, string>> | ((toolName: string) => string | undefined) | undefined;
  /** Whether input and output are shown, folded, 2 KB of each. @defaultValue true */
  details?: boolean | undefined;
  /**
   * Called with each input and output before it is shown; what it returns is shown in its place, `undefined` for
   * nothing. Where it throws, nothing is shown.
   */
  mask?:
    | ((value: unknown, call: { readonly toolName: string; readonly part: "input" | "output" }) => unknown)
    | undefined;
}

/** What the last line of a card says. */
export interface FooterOptions {
  /** A text, or the name that the provider gave where it is `true`. */
  model?: boolean | string | undefined;
  /** Tokens in and out. */
  tokens?: boolean | undefined;
  /** Time to the first token. */
  firstToken?: boolean | undefined;
  totalTime?: boolean | undefined;
}

/** Buttons on a card. They need somebody who hears of the clicks: a webhook, or a long connection. */
export interface ActionOptions {
  /** While the run goes on, where it can be stopped. */
  stop?: boolean | undefined;
  /** Whether the answer was helpful, once it is finished. */
  feedback?: boolean | undefined;
  /** Asks again, once the run is over. */
  regenerate?: boolean | undefined;
  /** For the tool calls that wait for it. */
  approve?: boolean | undefined;
}

/** What a layout is told of the card. */
export interface LayoutInfo {
  /** Which of the run's cards this is, from 0 on. */
  readonly card: number;
  /** Nothing comes after what is on this card. */
  readonly isLast: boolean;
  /** The card will not change any more. */
  readonly isFinal: boolean;
}

/**
 * Says what stands on a card, in which order. Called often: it has to be quick, and to say the same of the same.
 * Texts of the answer stay, in their order; a block that was shown keeps its place among the others.
 */
export type Layout = (blocks: readonly CardBlock[], info: LayoutInfo) => readonly CardBlock[];

/** What is shown of a run, apart from its answer. */
export interface BlockOptions {
  /**
   * What the model thinks: shown while it does and then folded, shown throughout, or not at all. At most 6 KB.
   * @defaultValue "fold"
   */
  reasoning?: "fold" | "show" | "hide" | undefined;
  /** @defaultValue "show" */
  tools?: "show" | "hide" | ToolOptions | undefined;
  /** Links to what the answer builds on, after it. @defaultValue true */
  sources?: boolean | undefined;
  /** @defaultValue false */
  footer?: boolean | FooterOptions | undefined;
  /** @defaultValue the driver's: where it hears of clicks */
  actions?: boolean | ActionOptions | undefined;
  /** @defaultValue the blocks as they come */
  layout?: Layout | undefined;
  /**
   * Why the run failed, in words that the reader may see; `undefined` for those that tell nothing of the error.
   */
  failureText?: ((error: unknown) => string | undefined) | undefined;
}

export interface ResolvedBlockOptions {
  readonly reasoning: "fold" | "show" | "hide";
  readonly tools: ToolOptions | undefined;
  readonly sources: boolean;
  readonly footer: FooterOptions | undefined;
  readonly actions: ActionOptions;
  readonly layout: Layout | undefined;
  readonly failureText: BlockOptions["failureText"];
}

const fullFooter: FooterOptions = { model: true, tokens: true, firstToken: true, totalTime: true };
const plainTools: ToolOptions = {};
const noActions: ActionOptions = {};
const allActions: ActionOptions = { stop: true, feedback: true, regenerate: true, approve: true };

/**
 * Checks what was asked for. @internal also for `langchain`, whose cards are made when a run starts
 *
 * @throws {InvalidOptionError}
 */
export function resolveBlockOptions(options: BlockOptions): ResolvedBlockOptions {
  const { reasoning = "fold", tools = "show", sources = true, footer = false, actions = false } = options;
  check("reasoning", reasoning, '"fold", "show" or "hide"', ["fold", "show", "hide"].includes(reasoning));
  check(
    "tools",
    tools,
    '"show", "hide" or an object',
    tools === "show" || tools === "hide" || isObject(tools),
  );
  check("sources", sources, "true or false", typeof sources === "boolean");
  check("footer", footer, "true, false or an object", typeof footer === "boolean" || isObject(footer));
  check("actions", actions, "true, false or an object", typeof actions === "boolean" || isObject(actions));
  for (const name of ["layout", "failureText"] as const) {
    const value = options[name];
    check(name, value, "a function", value === undefined || typeof value === "function");
  }
  checkMembers("footer", footer, { switches: ["tokens", "firstToken", "totalTime"], others: ["model"] });
  const buttons = ["stop", "feedback", "regenerate", "approve"];
  checkMembers("actions", actions, { switches: buttons, others: [] });
  checkMembers("tools", tools, { switches: ["details"], others: ["titles", "mask"] });
  if (isObject(footer)) {
    const { model } = footer;
    const isName = model === undefined || typeof model === "boolean" || typeof model === "string";
    check("footer.model", model, "true, false or a name", isName);
  }
  if (isObject(tools)) {
    const { mask, titles } = tools;
    check("tools.mask", mask, "a function", mask === undefined || typeof mask === "function");
    const isMap = titles === undefined || typeof titles === "function" || isObject(titles);
    check("tools.titles", titles, "a function, or an object with the titles by tool name", isMap);
  }
  return {
    reasoning,
    tools: tools === "hide" ? undefined : tools === "show" ? plainTools : tools,
    sources,
    footer: footer === true ? fullFooter : footer === false ? undefined : footer,
    actions: actions === true ? allActions : actions === false ? noActions : actions,
    layout: options.layout,
    failureText: options.failureText,
  };
}

/** @throws {InvalidOptionError} */
function check(option: string, value: unknown, expected: string, isValid: boolean): void {
  if (isValid) return;
  const received = typeof value === "string" ? JSON.stringify(value) : describeValue(value);
  throw new InvalidOptionError(`${option} must be ${expected}, received ${received}.`);
}

/** @throws {InvalidOptionError} for a member that nobody knows, and for a switch that is neither on nor off. */
function checkMembers(
  option: string,
  value: unknown,
  { switches, others }: { readonly switches: readonly string[]; readonly others: readonly string[] },
): void {
  if (!isObject(value)) return;
  const names = [...others, ...switches];
  for (const [name, member] of Object.entries(value)) {
    if (!names.includes(name)) {
      throw new InvalidOptionError(
        `${option} has the members ${names.join(", ")}, received ${JSON.stringify(name)}.`,
      );
    }
    const isValid = others.includes(name) || member === undefined || typeof member === "boolean";
    check(`${option}.${name}`, member, "true or false", isValid);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
