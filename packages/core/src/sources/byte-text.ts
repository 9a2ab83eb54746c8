import { createParser, type EventSourceMessage } from "eventsource-parser";
import { isFields } from "../read-fields.ts";

/** A line of the format of server-sent events. */
const fieldLine = /^(?:$|:|(?:data|event|id|retry)(?::|$))/;

/** Longest beginning that is looked at before bytes are taken for text. */
const LONGEST_BEGINNING = 65_536;

/**
 * Bytes as what they stand for: the events of a provider's stream (server-sent events whose data is JSON), else text.
 * Which it is, the first event decides; nothing but whole lines of that format is held back until then.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class ByteText {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #kind: "unknown" | "text" | "events" = "unknown";
  #beginning = "";
  #found: unknown[] = [];
  readonly #parser = createParser({ onEvent: (event) => this.#found.push(...valuesOf(event)) });

  /** @returns texts, and the values of events */
  read(bytes: Uint8Array): unknown[] {
    return this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  end(): unknown[] {
    const found = this.#take(this.#decoder.decode());
    // A last event without its blank line, and what was held back of a text.
    const rest =
      this.#kind === "events" ? this.#feed("\n\n") : this.#beginning === "" ? [] : [this.#beginning];
    this.#beginning = "";
    return [...found, ...rest];
  }

  #take(text: string): unknown[] {
    if (text === "") return [];
    if (this.#kind === "events") return this.#feed(text);
    if (this.#kind === "unknown") {
      this.#beginning += text;
      this.#kind = kindOf(this.#beginning);
      if (this.#kind === "unknown") return [];
      const beginning = this.#beginning;
      this.#beginning = "";
      return this.#kind === "events" ? this.#feed(beginning) : [beginning];
    }
    return [text];
  }

  #feed(text: string): unknown[] {
    this.#parser.feed(text);
    const found = this.#found;
    this.#found = [];
    return found;
  }
}

function kindOf(beginning: string): "unknown" | "text" | "events" {
  const lines = beginning.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  // The last line may go on.
  const open = lines.pop() ?? "";
  if (!lines.every((line) => fieldLine.test(line)) || !mayBeField(open)) return "text";
  const data = lines.findIndex((line) => line.startsWith("data:"));
  const isWhole = data >= 0 && lines.slice(data).includes("");
  if (isWhole) {
    const text = lines
      .slice(data, lines.indexOf("", data))
      .flatMap((line) => /^data: ?(.*)$/.exec(line)?.[1] ?? []);
    return isEventData(text.join("\n")) ? "events" : "text";
  }
  return beginning.length > LONGEST_BEGINNING && !open.startsWith("data:") ? "text" : "unknown";
}

function mayBeField(line: string): boolean {
  return fieldLine.test(line) || ["data", "event", "id", "retry"].some((name) => name.startsWith(line));
}

function isEventData(text: string): boolean {
  if (text === "[DONE]") return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

function valuesOf({ event, data }: EventSourceMessage): unknown[] {
  if (data === "[DONE]") return [];
  try {
    const value: unknown = JSON.parse(data);
    if (event === "error")
      return [{ type: "error", error: isFields(value) ? (value.error ?? value) : value }];
    // What went wrong, where a provider answers with it in place of a chunk.
    const isError = isFields(value) && !("type" in value) && !("choices" in value) && "error" in value;
    if (isError) return [{ type: "error", error: value.error }];
    // LangGraph names the mode, and the sub-graph, in the event.
    const mode = event?.split("|")[0];
    return mode === undefined || (isFields(value) && value.type === event) ? [value] : [[mode, value]];
  } catch {
    return [];
  }
}
