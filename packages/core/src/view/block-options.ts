import {
  aFunction,
  anObject,
  anyOf,
  aText,
  checkFields,
  checkOption,
  described,
  type Expected,
  oneOf,
  requireOption,
  trueOrFalse,
} from "../check-option.ts";
import type { CardBlock } from "../contract/card-block.ts";
import { fieldsOf } from "../read-fields.ts";

/** Appearance of tool calls. */
export interface ToolOptions {
  /** Tools' names for the reader, by the tools' own names. @defaultValue the title from the run, else the tool's name */
  titles?: Readonly<Record<string, string>> | ((toolName: string) => string | undefined) | undefined;
  /** Shows input and output, folded, at most 2 KB of each. @defaultValue true */
  details?: boolean | undefined;
  /**
   * Replaces each input and output before it is shown. Nothing is shown where it returns `undefined` or throws.
   * @defaultValue shows input and output as they are
   */
  mask?:
    | ((value: unknown, call: { readonly toolName: string; readonly part: "input" | "output" }) => unknown)
    | undefined;
}

/** Facts in the last line of a card. */
export interface FooterOptions {
  /** Shows a name of the model, or with `true` the provider's. Cut after 60 characters. @defaultValue false */
  model?: boolean | string | undefined;
  /** Shows the tokens of input and output. @defaultValue false */
  tokens?: boolean | undefined;
  /** Shows the time to the first token. @defaultValue false */
  firstToken?: boolean | undefined;
  /** Shows the time of the whole run. @defaultValue false */
  totalTime?: boolean | undefined;
}

/** Buttons on a card. A webhook or a long connection has to receive the clicks. */
export interface ActionOptions {
  /** Shows Stop while the run goes on, if a stop reaches it. @defaultValue false */
  stop?: boolean | undefined;
  /** Asks if the answer was helpful, once it is finished. @defaultValue false */
  feedback?: boolean | undefined;
  /** Offers to ask again, once the run is over. @defaultValue false */
  regenerate?: boolean | undefined;
  /** Asks for approval of the tool calls that wait for one. @defaultValue false */
  approve?: boolean | undefined;
}

/** Facts about a card, for its layout. */
export interface LayoutInfo {
  /** Index of the card among the run's cards, from 0 on. */
  readonly card: number;
  /** No card comes after this one, so far. */
  readonly isLast: boolean;
  /** The card will not change any more. */
  readonly isFinal: boolean;
}

/**
 * Function that decides which blocks stand on a card, and in which order. It is called often, so it must be quick, and
 * must return the same for the same blocks. It must keep the texts of the answer in their order, and must not move a
 * block that was shown.
 */
export type Layout = (blocks: readonly CardBlock[], info: LayoutInfo) => readonly CardBlock[];

/** Parts of a run that a card shows beside the answer. */
export interface BlockOptions {
  /**
   * Reasoning of the model: shown at first and folded when it is over, shown throughout, or hidden. At most 6 KB.
   * @defaultValue "fold"
   */
  reasoning?: "fold" | "show" | "hide" | undefined;
  /** Tool calls. @defaultValue "show" */
  tools?: "show" | "hide" | ToolOptions | undefined;
  /** Shows the sources of the answer after it, at most 20. @defaultValue true */
  sources?: boolean | undefined;
  /** Facts in the last line; `true` for all of them. @defaultValue false */
  footer?: boolean | FooterOptions | undefined;
  /** Buttons; `true` for all of them. @defaultValue the driver's, where it receives clicks, else false */
  actions?: boolean | ActionOptions | undefined;
  /** Order of the blocks. @defaultValue the blocks as they come */
  layout?: Layout | undefined;
  /**
   * Writes the reason of a failure for the reader, at most 100 characters; `undefined` for the words that give nothing
   * of the error away.
   * @defaultValue always those words
   */
  failureText?: ((error: unknown) => string | undefined) | undefined;
}

/** Options of blocks with their defaults filled in. */
export interface ResolvedBlockOptions {
  readonly reasoning: "fold" | "show" | "hide";
  /** `undefined` for hidden tool calls. */
  readonly tools: ToolOptions | undefined;
  readonly sources: boolean;
  /** `undefined` for no footer. */
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
 * Checks the options of blocks and fills in their defaults.
 *
 * @throws {InvalidOptionError} when an option can never work.
 */
export function resolveBlockOptions(options: BlockOptions): ResolvedBlockOptions {
  const { reasoning = "fold", tools = "show", sources = true, footer = false, actions = false } = options;
  requireOption("reasoning", reasoning, oneOf("fold", "show", "hide"));
  requireOption("tools", tools, anyOf(oneOf("show", "hide"), anObject));
  requireOption("sources", sources, trueOrFalse);
  requireOption("footer", footer, anyOf(trueOrFalse, anObject));
  requireOption("actions", actions, anyOf(trueOrFalse, anObject));
  checkOption("layout", options.layout, aFunction);
  checkOption("failureText", options.failureText, aFunction);
  checkMembers("footer", footer, {
    model: anyOf(trueOrFalse, described("a name", aText)),
    tokens: trueOrFalse,
    firstToken: trueOrFalse,
    totalTime: trueOrFalse,
  });
  checkMembers("actions", actions, {
    stop: trueOrFalse,
    feedback: trueOrFalse,
    regenerate: trueOrFalse,
    approve: trueOrFalse,
  });
  checkMembers("tools", tools, {
    titles: anyOf(aFunction, described("an object with the titles by tool name", anObject)),
    details: trueOrFalse,
    mask: aFunction,
  });
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

/** @throws {InvalidOptionError} for an unknown member, and for one of the wrong kind. */
function checkMembers(option: string, value: unknown, members: Readonly<Record<string, Expected>>): void {
  checkFields(option, value, Object.keys(members));
  const fields = fieldsOf(value);
  for (const [name, expected] of Object.entries(members)) {
    checkOption(`${option}.${name}`, fields[name], expected);
  }
}
