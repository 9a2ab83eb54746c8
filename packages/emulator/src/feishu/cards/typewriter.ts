import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";

/** How a client types text out. See "streaming_config" of https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/streaming-updates-openapi-overview */
export interface PrintConfig {
  /** Time between two paints. */
  intervalMs: number;
  /** Characters (code points) that each paint adds. */
  step: number;
  /** What happens to unpainted text when more arrives: painted at once, or typed to its end first. */
  strategy: "fast" | "delay";
}

/** What one element shows, from a moment on: the first `from` code units of `text`, and a step more after each interval. */
export interface Typing {
  readonly text: string;
  readonly from: number;
  readonly since: number;
  readonly config: PrintConfig;
}

/** When a text changes, and how its card is typed from then on. */
export interface Moment {
  now: number;
  config: PrintConfig;
}

export const defaultPrintConfig: PrintConfig = { intervalMs: 70, step: 1, strategy: "fast" };

/** Text that is on the screen as a whole. */
export function settled(text: string, { now, config }: Moment): Typing {
  return { text, from: text.length, since: now, config };
}

/** The same element after a content call brought its new full text. */
export function retype(previous: Typing, text: string, moment: Moment): Typing {
  const { now, config } = moment;
  if (!text.startsWith(previous.text)) return settled(text, moment);
  if (config.strategy === "delay") {
    const end = paintedLength(previous, now);
    if (end < previous.text.length) {
      return { text, from: end, since: lastPaintAt(previous, now), config };
    }
  }
  return { text, from: previous.text.length, since: now, config };
}

export function paintedText(typing: Typing, now: number): string {
  return typing.text.slice(0, paintedLength(typing, now));
}

/** When the next paint is due; `undefined` once everything is painted. */
export function nextPaintAt(typing: Typing, now: number): number | undefined {
  if (paintedLength(typing, now) === typing.text.length) return undefined;
  return lastPaintAt(typing, now) + typing.config.intervalMs;
}

/** How much of the text a client's screen shows, in code units. */
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

/** The print settings of a card, each with its default where the card says nothing usable. */
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
