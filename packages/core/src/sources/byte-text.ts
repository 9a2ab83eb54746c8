import { createParser, type EventSourceMessage } from "eventsource-parser";
import { isFields } from "../read-fields.ts";

/** Matches a line of the format of server-sent events. */
const fieldLine = /^(?:$|:|(?:data|event|id|retry)(?::|$))/;

/** Longest beginning, in characters, that is searched for an event before the bytes are taken for text. */
const MAX_BEGINNING = 65_536;

/**
 * A decoder of bytes: into the events of a provider's stream (server-sent events whose data is JSON), else into text.
 * The first event decides which; until then only lines of that format are held back.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class ByteText {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #kind: "unknown" | "text" | "events" = "unknown";
  #beginning = "";
  #found: unknown[] = [];
  readonly #parser = createParser({ onEvent: (event) => this.#found.push(...valuesOf(event)) });

  /** Decodes bytes. @returns Texts, or the values of events. */
  read(bytes: Uint8Array): unknown[] {
    return this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  end(): unknown[] {
    const found = this.#take(this.#decoder.decode());
    // The last event may lack its blank line; of a text the beginning may be held back.
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
  return beginning.length > MAX_BEGINNING && !open.startsWith("data:") ? "text" : "unknown";
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
    // A provider's error, sent in place of a chunk.
    const isError = isFields(value) && !("type" in value) && !("choices" in value) && "error" in value;
    if (isError) return [{ type: "error", error: value.error }];
    // The event of a LangGraph server names the mode, and the sub-graph.
    const mode = event?.split("|")[0];
    return mode === undefined || (isFields(value) && value.type === event) ? [value] : [[mode, value]];
  } catch {
    return [];
  }
}
