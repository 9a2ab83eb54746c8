import { type ImageTargets, isDataUrl, PENDING_IMAGE } from "./image-target.ts";
import {
  closingTicks,
  isOpenLink,
  type Link,
  parseLink,
  runLength,
  UNDECIDED,
  type Undecided,
} from "./inline-link.ts";

/** Dialect of a platform's Markdown. */
export interface MarkdownDialect {
  /** Tells targets that the platform draws as images. Other images become links, unless the driver uploads them. */
  isImageTarget(target: string): boolean;
  /** Lower-case names of tags that the text may use. Every other `<tag` is escaped, so that it is never a mention. */
  passTags: ReadonlySet<string>;
}

/** Inline constructs of a paragraph that are open from one line to the next. */
export interface InlineState {
  /** Emphasis that was shown before it was closed. */
  readonly emphasis: readonly string[];
  /** A run of backticks has no partner. Platforms differ on which text is code after it, so none counts as code. */
  readonly strayTicks: boolean;
  /** An image's `![` was shown before its target was known. No `](` of the paragraph may complete it. */
  readonly openImage: boolean;
  /** Last character that was shown, which tells an opening `*` from a closing one. */
  readonly previous: string;
}

/** State at the beginning of a paragraph. */
export const initialInlineState: InlineState = {
  emphasis: [],
  strayTicks: false,
  openImage: false,
  previous: "",
};

/** Decided beginning of a line's inline text. */
export interface InlineText {
  /** Length of the decided input, in UTF-16 units. */
  readonly taken: number;
  /** Text to show for it. */
  readonly display: string;
  /** Parts of `display` that must not be cut: links, code spans, entities. In order. */
  readonly wholes: readonly Range[];
  /** Constructs that are open after it. */
  readonly state: InlineState;
  /** Target of a pending image that the rest of the text waits for. */
  readonly awaited: string | undefined;
}

interface Range {
  readonly from: number;
  readonly to: number;
  /** Length of the input that it stands for. */
  readonly raw: number;
}

/** Options of a scan. */
export interface InlineOptions {
  readonly passTags: ReadonlySet<string>;
  readonly images: ImageTargets;
  /** Nothing will be added to the line. */
  readonly complete: boolean;
  /** Undecided text is shown as it stands. */
  readonly release: boolean;
}

const special = /[\\`!\][<*_~]/g;
const autolink = /^(?:https?|mailto|tel):[^\s<>]*>/i;
const autolinkStart = /^(?:https?|mailto|tel):[^\s<>]*$/i;

/**
 * Scans the inline text of a line: finds how much of it can be shown, and as what. Undecided text (an open `**`, half a
 * link) is left for later. Text that the platform would refuse or act upon is escaped.
 */
export function scanInline(text: string, before: InlineState, options: InlineOptions): InlineText {
  const complete = options.complete || options.release;
  let { strayTicks } = before;
  let openImage = before.openImage || (before.previous === "!" && text.startsWith("["));
  /** Emphasis that is open here. The first `shown` marks of it were shown before they were closed. */
  let emphasis = [...before.emphasis];
  let shown = emphasis.length;
  let display = "";
  /** Last character of `display`, kept because reading it there would cost the whole length each time. */
  let previous = before.previous;
  let at = 0;
  let awaited: string | undefined;
  const wholes: Range[] = [];
  let decided: Omit<InlineText, "wholes" | "awaited"> = { taken: 0, display: "", state: before };
  const decide = () => {
    if (emphasis.length > shown) return;
    shown = emphasis.length;
    decided = { taken: at, display, state: { emphasis: [...emphasis], strayTicks, openImage, previous } };
  };
  const take = (length: number, shownAs = text.slice(at, at + length)) => {
    display += shownAs;
    previous = shownAs.slice(-1) || previous;
    at += length;
  };
  const takeWhole = (length: number, shownAs?: string) => {
    const from = display.length;
    take(length, shownAs);
    wholes.push({ from, to: display.length, raw: length });
  };

  if (openImage && before.previous === "]" && text.startsWith("(")) {
    takeWhole(1, "&#40;");
    decide();
  }
  while (at < text.length) {
    special.lastIndex = at;
    const next = special.exec(text)?.index ?? text.length;
    if (next > at) {
      take(next - at);
      decide();
      continue;
    }
    const char = text.charAt(at);
    const following = text.charAt(at + 1);
    if (following === "" && !complete) break;

    if (char === "\\") {
      if (following === "<" || (following === "!" && (text.charAt(at + 2) || "[") === "[")) {
        // A client without backslash escapes would see a tag or an image here.
        if (following === "!" && text.length === at + 2 && !complete) break;
        takeWhole(2, following === "<" ? "&#60;" : "&#33;");
      } else take(following === "" || openImage ? 1 : 2);
    } else if (char === "`") {
      const ticks = runLength(text, at);
      const end = strayTicks ? -1 : closingTicks(text, at + ticks, ticks);
      // A run at the very end may still grow, and would then close nothing.
      const isUndecided = !complete && !strayTicks && (end < 0 || end === text.length);
      if (isUndecided) break;
      if (end > 0) takeWhole(end - at);
      else {
        strayTicks = true;
        take(ticks);
      }
    } else if (openImage && (char === "[" || char === "!")) {
      take(1);
    } else if (char === "!" && following === "[") {
      const image = parseLink(text, at + 1, complete);
      if (image === UNDECIDED) break;
      if (image === undefined) {
        openImage ||= isOpenLink(text, at + 1);
        take(2);
      } else {
        const shownAs = imageText(image, options);
        if (typeof shownAs === "object") {
          ({ awaited } = shownAs);
          break;
        }
        takeWhole(image.end - at, shownAs);
      }
    } else if (char === "[") {
      const link = parseLink(text, at, complete);
      if (link === UNDECIDED) break;
      const shownAs = link === undefined ? "[" : linkText(link.label, link.tail, options);
      if (typeof shownAs === "object") {
        ({ awaited } = shownAs);
        break;
      }
      if (link === undefined) take(1);
      else takeWhole(link.end - at, shownAs);
    } else if (char === "]") {
      if (openImage && following === "(") takeWhole(2, "]&#40;");
      else take(1);
    } else if (char === "<") {
      const tag = tagText(text.slice(at + 1), options);
      if (tag === UNDECIDED) break;
      takeWhole(tag.length, tag.display);
    } else if (char === "*" || char === "_" || char === "~") {
      const length = runLength(text, at);
      const after = text.charAt(at + length);
      if (after === "" && !complete) break;
      emphasis = emphasisAfter(emphasis, { char, length, before: previous, after });
      shown = Math.min(shown, emphasis.length);
      take(length);
    } else take(1);
    decide();
  }

  if (options.complete && awaited === undefined) {
    shown = 0;
    emphasis = [];
    decide();
  } else if (complete) {
    shown = emphasis.length;
    decide();
  }
  const { length } = decided.display;
  return { ...decided, wholes: wholes.filter(({ to }) => to <= length), awaited };
}

/** Text that waits for a pending image. */
interface Awaiting {
  readonly awaited: string;
}

/** Finds the text to show for an image; `undefined` where the image is drawn as it stands. */
function imageText(image: Link, options: InlineOptions): string | undefined | Awaiting {
  const { label, target, tail } = image;
  const drawn = options.images.targetOf(target);
  if (drawn === PENDING_IMAGE) return { awaited: target };
  if (drawn === target) return undefined;
  if (drawn === undefined && !isDataUrl(target)) return linkText(label || target, tail, options);
  const { display } = scanLabel(label, { ...options, images: noImages });
  // A link to bytes leads nowhere.
  return drawn === undefined ? `🖼 ${display}` : `![${display}](${drawn})`;
}

const noImages: ImageTargets = { targetOf: () => undefined };

function linkText(label: string, tail: string, options: InlineOptions): string | Awaiting {
  const { display, awaited } = scanLabel(label, options);
  return awaited === undefined ? `[${display}]${tail}` : { awaited };
}

function scanLabel(label: string, { passTags, images }: InlineOptions): InlineText {
  return scanInline(label, initialInlineState, { passTags, images, complete: true, release: true });
}

/** Finds the text to show for a `<` and the tag name or address after it. */
function tagText(
  rest: string,
  { passTags, complete, release }: InlineOptions,
): { length: number; display: string } | Undecided {
  const escaped = { length: 1, display: "&#60;" };
  const name = /^\/?([A-Za-z][A-Za-z0-9_-]*)/.exec(rest);
  if (name === null) {
    const mayGrow = !complete && (rest === "" || rest === "/");
    if (mayGrow && !release) return UNDECIDED;
    return mayGrow || /^[/!?]/.test(rest) ? escaped : { length: 1, display: "<" };
  }
  const address = autolink.exec(rest);
  if (address !== null) return { length: 1 + address[0].length, display: `<${address[0]}` };
  const mayGrow = name[0].length === rest.length || autolinkStart.test(rest);
  if (mayGrow && !complete) return release ? escaped : UNDECIDED;
  return passTags.has(name[1]?.toLowerCase() ?? "") ? { length: 1, display: "<" } : escaped;
}

interface EmphasisRun {
  readonly char: string;
  readonly length: number;
  readonly before: string;
  readonly after: string;
}

const isWord = (char: string) => /[\p{L}\p{N}]/u.test(char);
const isSpace = (char: string) => char === "" || /\s/.test(char);

/**
 * Finds the emphasis that is open after a run of `*`, `_` or `~`. Looser than the specification around Chinese
 * punctuation, because the result decides no more than how long the text waits for the closing mark.
 */
function emphasisAfter(open: readonly string[], run: EmphasisRun): string[] {
  const { char, length, before, after } = run;
  if (char === "~" && length !== 2) return [...open];
  const isIntraword = char === "_" && isWord(before) && isWord(after);
  if (isIntraword) return [...open];
  const partner = open.lastIndexOf(char);
  if (partner >= 0 && !isSpace(before)) return open.slice(0, partner);
  return isSpace(after) ? [...open] : [...open, char];
}
