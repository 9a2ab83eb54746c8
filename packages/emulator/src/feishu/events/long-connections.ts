import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { isJsonObject, type JsonObject, parseJson, parseJsonObject } from "../../ground/json.ts";
import { withinTime } from "../../ground/within-time.ts";
import type { App } from "../world/app.ts";
import type { AppEvents } from "./app-events.ts";
import { ANSWER_LIMIT_MS, type Channel, type Reception } from "./channel.ts";
import { decodeFrame, encodeFrame } from "./frame.ts";
import { type Delivery, EVENT_RETRY_MS, Outbox } from "./outbox.ts";

/** Path at which a client asks for the address to connect to. The long connection is in no document: it follows the official SDKs. */
export const ENDPOINT_PATH = "/callback/ws/endpoint";

const SOCKET_PATH = "/ws/v2";
const MAX_CONNECTIONS = 50;
const MAX_FRAME_BYTES = 1024 * 1024;
/** Size of a frame's payload. A larger one travels in several frames. */
const MAX_FRAGMENT_BYTES = 16 * 1024;

/** Settings for clients, in seconds. The interval is short, so that a client finds a restarted emulator after 2 to 3 seconds. */
const clientConfig = { ReconnectCount: -1, ReconnectInterval: 2, ReconnectNonce: 1, PingInterval: 120 };

export interface LongConnections {
  /** Answers a client that asks for the address to connect to. */
  answerEndpoint(body: Uint8Array): JsonObject;
  /** Counts the connected clients of an app. */
  count(appId: string): number;
  /** Lists the attempts to send events and clicks, oldest first for each app. */
  deliveries(): Delivery[];
  close(): void;
}

interface Connection {
  readonly app: App;
  readonly socket: WebSocket;
  readonly serviceId: number;
  /** Functions that receive the answer to a message, by message id. */
  readonly waiting: Map<string, (reception: Reception) => void>;
}

/** Makes the platform's end of the long connections that apps hold. Each event and click goes to one of the app's clients. */
export function createLongConnections(
  { world, messageReceived, messageRecalled, cardClicked }: AppEvents,
  { server, baseUrl }: { server: Server; baseUrl: () => string },
): LongConnections {
  const { apps, clock, ids } = world;
  const tickets = new Map<string, App>();
  const connections = new Set<Connection>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  const ofApp = (app: App) => [...connections].filter((connection) => connection.app === app);

  const outboxes = apps.map((app) => {
    let sent = 0;
    // The platform picks a client at random. Round robin reaches every client in a test.
    const channel: Channel = {
      send: (payload) => {
        const open = ofApp(app);
        sent += 1;
        const connection = open[sent % open.length];
        return connection === undefined
          ? Promise.resolve({ type: "unreachable" })
          : send(connection, payload);
      },
    };
    return { app, outbox: new Outbox(world, channel, EVENT_RETRY_MS) };
  });
  const outboxOf = (appId: string) =>
    outboxes.find(({ app }) => app.appId === appId && ofApp(app).length > 0)?.outbox;
  const unsubscribe = [
    messageReceived.subscribe((event) => outboxOf(event.header.app_id)?.sendEvent(event)),
    messageRecalled.subscribe((event) => outboxOf(event.header.app_id)?.sendEvent(event)),
    cardClicked.subscribe((interaction) => {
      void outboxOf(interaction.event.header.app_id)?.sendCallback(interaction);
    }),
  ];

  const send = async (connection: Connection, payload: object): Promise<Reception> => {
    const messageId = ids.hex("");
    const { promise, resolve } = Promise.withResolvers<Reception>();
    connection.waiting.set(messageId, resolve);
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
      write(connection, { method: 1, headers, payload: part });
    }
    const late: Reception = { type: "no-answer" };
    const reception = await withinTime(promise, { clock, limitMs: ANSWER_LIMIT_MS, late });
    connection.waiting.delete(messageId);
    return reception;
  };

  const write = (
    { socket, serviceId }: Connection,
    frame: { method: 0 | 1; headers: Record<string, string>; payload: Uint8Array },
  ): void => socket.send(encodeFrame({ seqId: 1, logId: 1, service: serviceId, ...frame }));

  const receive = (connection: Connection, data: Uint8Array): void => {
    const { method, headers, payload } = decodeFrame(data);
    if (method === 0) {
      if (headers.type !== "ping") return;
      write(connection, {
        method: 0,
        headers: { type: "pong" },
        payload: Buffer.from(JSON.stringify(clientConfig)),
      });
      return;
    }
    connection.waiting.get(headers.message_id ?? "")?.(readAnswer(payload));
  };

  const connect = (socket: WebSocket, app: App): void => {
    const connection: Connection = { app, socket, serviceId: app.index + 1, waiting: new Map() };
    connections.add(connection);
    socket.on("message", (data: Buffer) => {
      try {
        receive(connection, data);
      } catch {
        socket.close(1002, "bad frame");
      }
    });
    socket.on("close", () => {
      connections.delete(connection);
      for (const settle of connection.waiting.values()) settle({ type: "unreachable" });
    });
    // Nothing to do: an "error" is followed by "close".
    socket.on("error", () => {});
  };

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://host");
    const ticket = searchParams.get("ticket") ?? "";
    const app = pathname === SOCKET_PATH ? tickets.get(ticket) : undefined;
    if (app === undefined) {
      stream.end(
        "HTTP/1.1 403 Forbidden\r\nHandshake-Status: 403\r\nHandshake-Msg: forbidden\r\nConnection: close\r\n\r\n",
      );
      return;
    }
    tickets.delete(ticket);
    sockets.handleUpgrade(request, stream, head, (socket) => connect(socket, app));
  };
  server.on("upgrade", upgrade);

  return {
    answerEndpoint: (body) => {
      const fields = parseJsonObject(new TextDecoder().decode(body)) ?? {};
      const app = apps.find(({ appId }) => appId === fields.AppID);
      // The official client reads `data` before it checks the code, so `data` is always there.
      if (app === undefined || app.appSecret !== fields.AppSecret) {
        return { code: 514, msg: "auth failed", data: {} };
      }
      if (!app.isEnabled) return { code: 403, msg: "forbidden", data: {} };
      if (ofApp(app).length >= MAX_CONNECTIONS) {
        return { code: 1000040350, msg: "too many connections", data: {} };
      }
      const ticket = ids.hex("");
      tickets.set(ticket, app);
      const query = new URLSearchParams({
        // A parameter that may get lost comes first, because the official client parses the whole address as a query.
        fpid: "493",
        aid: "552564",
        device_id: ids.digits(),
        access_key: ids.hex(""),
        service_id: String(app.index + 1),
        ticket,
      });
      const url = `${baseUrl().replace(/^http/, "ws")}${SOCKET_PATH}?${query}`;
      return { code: 0, msg: "", data: { URL: url, ClientConfig: clientConfig } };
    },
    count: (appId) => [...connections].filter(({ app }) => app.appId === appId).length,
    deliveries: () => outboxes.flatMap(({ outbox }) => outbox.deliveries()),
    close: () => {
      server.off("upgrade", upgrade);
      for (const end of unsubscribe) end();
      for (const { outbox } of outboxes) outbox.close();
      for (const { socket } of connections) socket.terminate();
      sockets.close();
    },
  };
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
