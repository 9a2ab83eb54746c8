import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";

/** Settings by which a client types text out. See "streaming_config" of https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/streaming-updates-openapi-overview */
export interface PrintConfig {
  /** Milliseconds between two paints. */
  intervalMs: number;
  /** Code points that each paint adds. */
  step: number;
  /** Treatment of unpainted text when more arrives: "fast" paints it at once, "delay" types it to its end first. */
  strategy: "fast" | "delay";
}

/** State of one element on a client's screen: the first `from` code units of `text` at the time `since`, and one step more after each interval. */
export interface Typing {
  readonly text: string;
  readonly from: number;
  readonly since: number;
  readonly config: PrintConfig;
}

/** Time of a change, and the print settings from then on. */
export interface Moment {
  now: number;
  config: PrintConfig;
}

export const defaultPrintConfig: PrintConfig = { intervalMs: 70, step: 1, strategy: "fast" };

/** Makes the state of a text that is painted in full. */
export function fullyPainted(text: string, { now, config }: Moment): Typing {
  return { text, from: text.length, since: now, config };
}

/** Continues an element's typing with the new full text of a content call. A text that does not begin with the old one is painted at once. */
export function retype(previous: Typing, text: string, moment: Moment): Typing {
  const { now, config } = moment;
  if (!text.startsWith(previous.text)) return fullyPainted(text, moment);
  if (config.strategy === "delay") {
    const end = paintedLength(previous, now);
    if (end < previous.text.length) {
      return { text, from: end, since: lastPaintAt(previous, now), config };
    }
  }
  return { text, from: previous.text.length, since: now, config };
}

/** Cuts a text to its painted part. */
export function paintedText(typing: Typing, now: number): string {
  return typing.text.slice(0, paintedLength(typing, now));
}

/** Computes the time of the next paint; `undefined` once the text is painted in full. */
export function nextPaintAt(typing: Typing, now: number): number | undefined {
  if (paintedLength(typing, now) === typing.text.length) return undefined;
  return lastPaintAt(typing, now) + typing.config.intervalMs;
}

/** Computes the painted length of a text in code units. */
export function paintedLength(typing: Typing, now: number): number {
  const { text, from, config } = typing;
  let characters = Math.floor(paintsUntil(typing, now) * config.step);
  if (characters >= text.length - from) return text.length;
  let end = from;
  while (characters > 0 && end < text.length) {
    end += isSurrogatePair(text, end) ? 2 : 1;
    characters -= 1;
  }
  return end;
}

/** Reads a card's print settings. A missing or unusable setting has its default: 70 ms, 1 code point, "fast". */
export function printConfigOf(card: JsonObject): PrintConfig {
  const config = isJsonObject(card.config) ? card.config.streaming_config : undefined;
  if (!isJsonObject(config)) return defaultPrintConfig;
  return {
    intervalMs: positive(config.print_frequency_ms) ?? defaultPrintConfig.intervalMs,
    step: positive(config.print_step) ?? defaultPrintConfig.step,
    strategy: config.print_strategy === "delay" ? "delay" : "fast",
  };
}

function positive(setting: JsonValue | undefined): number | undefined {
  const value = isJsonObject(setting) ? setting.default : undefined;
  return typeof value === "number" && value > 0 ? value : undefined;
}

function paintsUntil({ since, config }: Typing, now: number): number {
  return Math.max(0, Math.floor((now - since) / config.intervalMs));
}

function lastPaintAt(typing: Typing, now: number): number {
  return typing.since + paintsUntil(typing, now) * typing.config.intervalMs;
}

function isSurrogatePair(text: string, index: number): boolean {
  return (text.codePointAt(index) ?? 0) > 0xffff;
}
