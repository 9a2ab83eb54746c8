import type { DriverProfile, MarkdownDialect } from "@streamcard/core/driver";
import { checkOption, described, wholeNumber } from "@streamcard/core/internal";
import { limits } from "../api/limits.ts";
import type { CardJson } from "../json/card-json.ts";
import { platformTags } from "../json/markdown-text.ts";

/** Bytes reserved for the line in the chat list: 60 characters of up to 4 bytes and the words for a bad end, or these in every language. */
const SUMMARY_BYTES = 600;

/** Tags of Feishu's Markdown that text may always use: the line break, which is harmless. */
const harmlessTags: ReadonlySet<string> = new Set(["br"]);

/** Options of what a card may hold. */
export interface ProfileOptions {
  /** Lets the text use the platform's tags, mentions among them. For text that is trusted. @defaultValue false */
  allowTags?: boolean | undefined;
  /** Limits of one card. @defaultValue those of `CardLimits` */
  limits?: Partial<CardLimits> | undefined;
}

/** Limits of one card. Smaller ones than the platform's make more, smaller cards. */
export interface CardLimits {
  /**
   * UTF-8 bytes of the card's JSON, as it stands within a request. At most 30 000.
   * @defaultValue 28_000
   */
  bytes: number;
  /**
   * Number of components and text objects. At most 200.
   * @defaultValue 180
   */
  elements: number;
  /**
   * Number of tables that are drawn as such; further ones are shown as code. At most 5.
   * @defaultValue 3
   */
  tables: number;
}

/** A card has to have room for some text and for how the run ended, at least. */
const MIN_BLOCK_BYTES = 450;
const MIN_ELEMENTS = 4;

/** Bytes reserved in a live header for the tag and the colour of the end. */
const HEADER_BYTES = 260;

/** Describes the cards of this JSON to core: their limits, sizes and Markdown. */
export function cardProfile(
  json: CardJson,
  { allowTags = false, limits: own }: ProfileOptions = {},
): DriverProfile {
  const empty = json.card([], { summary: "" });
  const baseBytes = jsonBytes(JSON.stringify(empty)) + SUMMARY_BYTES + (json.isHeaderLive ? HEADER_BYTES : 0);
  const baseElements = countElements(empty) + (json.isHeaderLive ? 2 : 0);
  return {
    structure: "elements",
    text: "prefix",
    tail: "hold",
    maxBytes: limitOf("bytes", own, { min: baseBytes + MIN_BLOCK_BYTES, max: 30_000 }) ?? limits.cardBytes,
    maxElements:
      limitOf("elements", own, { min: baseElements + MIN_ELEMENTS, max: 200 }) ?? limits.cardElements,
    maxTables: limitOf("tables", own, { min: 0, max: 5 }) ?? limits.cardTables,
    baseBytes,
    baseElements,
    measure: (block) => {
      const element = json.element(block);
      return { bytes: jsonBytes(JSON.stringify(element)) + 1, elements: countElements(element) };
    },
    bytesOf: jsonBytes,
    minIntervalMs: limits.operationIntervalMs,
    typingMs: json.typingMs,
    dialect: allowTags ? taggedDialect : plainDialect,
  };
}

/** @throws {InvalidOptionError} */
function limitOf(
  name: keyof CardLimits,
  own: Partial<CardLimits> | undefined,
  { min, max }: { min: number; max: number },
): number | undefined {
  const value = own?.[name];
  const words = `a whole number from ${min} (what a card needs) to ${max} (the platform's limit)`;
  checkOption(`limits.${name}`, value, described(words, wholeNumber({ min, max })));
  return value;
}

const isImageTarget = (target: string) => /^img_[\w-]+$/.test(target);
const plainDialect: MarkdownDialect = { isImageTarget, passTags: harmlessTags };
const taggedDialect: MarkdownDialect = { isImageTarget, passTags: platformTags };

/** Counts elements: everything that has a tag, text objects included. */
function countElements(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inside = Object.values(value).reduce((sum: number, child) => sum + countElements(child), 0);
  return inside + ("tag" in value ? 1 : 0);
}

/**
 * Counts the UTF-8 bytes of a text in the card's JSON, which stands as a string in the JSON of a request. The platform does
 * not say which of the two it counts; this is the outer one, because it is the larger.
 */
function jsonBytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20) bytes += isShortEscape(unit) ? 3 : 7;
    else if (unit === 0x22 || unit === 0x5c) bytes += 4;
    else if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    // The two halves of a pair take four bytes together.
    else if (unit >= 0xd800 && unit <= 0xdfff) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}

/** Tells newlines, tabs and other characters that are escaped by one letter. */
function isShortEscape(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d || unit === 0x09 || unit === 0x08 || unit === 0x0c;
}
