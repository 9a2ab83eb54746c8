import type { WebSocket } from "ws";
import { isJsonObject, parseJson } from "../../ground/json.ts";
import { withinTime } from "../../ground/within-time.ts";
import type { App } from "../world/app.ts";
import type { World } from "../world/world.ts";
import { ANSWER_LIMIT_MS, type Channel, type Reception } from "./channel.ts";
import { decodeFrame, encodeFrame } from "./frame.ts";

/** Size of a frame's payload. A larger one travels in several frames. */
const MAX_FRAGMENT_BYTES = 16 * 1024;

/** Settings for clients, in seconds. The interval is short, so that a client finds a restarted emulator after 2 to 3 seconds. */
export const clientConfig = {
  ReconnectCount: -1,
  ReconnectInterval: 2,
  ReconnectNonce: 1,
  PingInterval: 120,
};

/** The platform's end of one client's long connection. */
export class LongConnection implements Channel {
  readonly app: App;
  readonly #world: World;
  readonly #socket: WebSocket;
  /** Functions that receive the answer to a message, by message id. */
  readonly #waiting = new Map<string, (reception: Reception) => void>();

  constructor(world: World, app: App, socket: WebSocket) {
    this.#world = world;
    this.app = app;
    this.#socket = socket;
    socket.on("message", (data: Buffer) => {
      try {
        this.#receive(data);
      } catch {
        socket.close(1002, "bad frame");
      }
    });
    socket.on("close", () => {
      for (const settle of this.#waiting.values()) settle({ type: "unreachable" });
    });
    // Nothing to do: an "error" is followed by "close".
    socket.on("error", () => {});
  }

  /** Sends an event or a callback, in as many frames as it needs, and waits for the client's answer. */
  async send(payload: object): Promise<Reception> {
    const { clock, ids } = this.#world;
    const messageId = ids.hex("");
    const { promise, resolve } = Promise.withResolvers<Reception>();
    this.#waiting.set(messageId, resolve);
    const data = Buffer.from(JSON.stringify(payload));
    const sum = Math.max(1, Math.ceil(data.length / MAX_FRAGMENT_BYTES));
    for (let seq = 0; seq < sum; seq += 1) {
      const part = data.subarray(seq * MAX_FRAGMENT_BYTES, (seq + 1) * MAX_FRAGMENT_BYTES);
      const headers = {
        type: "event",
        message_id: messageId,
        sum: String(sum),
        seq: String(seq),
        trace_id: messageId,
      };
      this.#write({ method: 1, headers, payload: part });
    }
    const late: Reception = { type: "no-answer" };
    const reception = await withinTime(promise, { clock, limitMs: ANSWER_LIMIT_MS, late });
    this.#waiting.delete(messageId);
    return reception;
  }

  /** Breaks the connection. */
  terminate(): void {
    this.#socket.terminate();
  }

  #receive(data: Uint8Array): void {
    const { method, headers, payload } = decodeFrame(data);
    if (method === 1) {
      this.#waiting.get(headers.message_id ?? "")?.(readAnswer(payload));
    } else if (headers.type === "ping") {
      const settings = Buffer.from(JSON.stringify(clientConfig));
      this.#write({ method: 0, headers: { type: "pong" }, payload: settings });
    }
  }

  #write(frame: { method: 0 | 1; headers: Record<string, string>; payload: Uint8Array }): void {
    this.#socket.send(encodeFrame({ seqId: 1, logId: 1, service: serviceIdOf(this.app), ...frame }));
  }
}

/** Makes the number by which a client's address and frames name the app. */
export function serviceIdOf(app: App): number {
  return app.index + 1;
}

/** Reads an answer `{ code, data }`: an HTTP status, and the handler's JSON in base64. */
function readAnswer(payload: Uint8Array): Reception {
  const parsed = parseJson(new TextDecoder().decode(payload));
  const { code, data } = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {};
  return {
    type: "answer",
    status: typeof code === "number" ? code : 500,
    body: typeof data === "string" ? Buffer.from(data, "base64").toString("utf8") : "",
  };
}
