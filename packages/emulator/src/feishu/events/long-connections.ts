import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { type JsonObject, parseJsonObject } from "../../ground/json.ts";
import type { App } from "../world/app.ts";
import type { AppEvents } from "./app-events.ts";
import type { Channel } from "./channel.ts";
import { clientConfig, LongConnection, serviceIdOf } from "./long-connection.ts";
import { type Delivery, EVENT_RETRY_MS, Outbox } from "./outbox.ts";

/** Path at which a client asks for the address to connect to. The long connection is in no document: it follows the official SDKs. */
export const ENDPOINT_PATH = "/callback/ws/endpoint";

const SOCKET_PATH = "/ws/v2";
const MAX_CONNECTIONS = 50;
const MAX_FRAME_BYTES = 1024 * 1024;

/** Long connections of all apps. */
export interface LongConnections {
  /** Answers a client that asks for the address to connect to. */
  answerEndpoint(body: Uint8Array): JsonObject;
  /** Counts the connected clients of an app. */
  count(appId: string): number;
  /** Lists the attempts to send events and clicks, oldest first for each app. */
  deliveries(): Delivery[];
  close(): void;
}

/** Makes the platform's end of the long connections that apps hold. Each event and click goes to one of the app's clients. */
export function createLongConnections(
  { world, messageReceived, messageRecalled, cardClicked }: AppEvents,
  { server, baseUrl }: { server: Server; baseUrl: () => string },
): LongConnections {
  const { apps, ids } = world;
  const tickets = new Map<string, App>();
  const connections = new Set<LongConnection>();
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
        return connection?.send(payload) ?? Promise.resolve({ type: "unreachable" });
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

  const connect = (socket: WebSocket, app: App): void => {
    const connection = new LongConnection(world, app, socket);
    connections.add(connection);
    socket.on("close", () => connections.delete(connection));
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
        service_id: String(serviceIdOf(app)),
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
      for (const connection of connections) connection.terminate();
      sockets.close();
    },
  };
}
