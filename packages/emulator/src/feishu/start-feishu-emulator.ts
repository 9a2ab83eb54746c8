import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { exposeEmulator } from "./emulator/create-feishu-emulator.ts";
import type { FeishuEmulatorOptions } from "./emulator/emulator-options.ts";
import { createEmulatorParts } from "./emulator/emulator-parts.ts";
import type { FeishuEmulator } from "./emulator/feishu-emulator.ts";
import { createEndpointApp } from "./events/endpoint-app.ts";
import { createLongConnections } from "./events/long-connections.ts";
import type { Delivery } from "./events/outbox.ts";
import { createHttpApp } from "./http-app.ts";
import { createPageApp } from "./live-page/page-app.ts";

/** Address on which an emulator listens, and whether it serves its page. */
export interface ListenOptions {
  /** Number of the port to listen on. 0 takes any free port. @defaultValue 0 */
  port?: number;
  /** Name or address of the network interface to listen on. @defaultValue "127.0.0.1" */
  host?: string;
  /** Switch for the live page at `/`. @defaultValue true */
  page?: boolean;
}

/** A Feishu that listens on this machine. Clients of the official SDKs can hold long connections to it. */
export interface ListeningFeishuEmulator extends FeishuEmulator {
  /** Long connections of the official SDKs' clients. */
  readonly longConnection: {
    /** Counts the connected clients of an app. @param appId app id. @defaultValue that of the default app */
    count(appId?: string): number;
    /** Lists the attempts to send events and clicks to clients, oldest first for each app. Events while no client of the app is connected are not sent, not even later. */
    deliveries(): Delivery[];
  };
}

/**
 * Makes a Feishu that listens on this machine. Its `fetch` reaches it without the network.
 *
 * Close it with `close()` when it is no longer needed, because an open port keeps the process alive.
 *
 * @throws {TypeError} when an option has a value that it cannot have.
 * @throws {Error} the system's error, such as `EADDRINUSE`, when it cannot listen on the port.
 */
export async function startFeishuEmulator(
  options: FeishuEmulatorOptions & ListenOptions = {},
): Promise<ListeningFeishuEmulator> {
  const { port = 0, host = "127.0.0.1", page: hasPage = true, ...rest } = options;
  const parts = createEmulatorParts(rest);
  const server = createServer();
  server.listen(port, host);
  await once(server, "listening");
  let closing: Promise<void> | undefined;
  const emulator = exposeEmulator(parts, urlOf(server, host), () => {
    closing ??= stop(server, () => {
      page?.close();
      longConnections.close();
      parts.exchange.close();
    });
    return closing;
  });
  const longConnections = createLongConnections(parts, { server, baseUrl: () => emulator.url });
  const page = hasPage ? createPageApp({ world: parts.world, emulator, host }) : undefined;
  const app = createHttpApp(parts.exchange, [
    createEndpointApp(longConnections),
    ...(page === undefined ? [] : [page.routes]),
  ]);
  server.on("request", getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  return Object.assign(emulator, {
    longConnection: {
      count: (appId = emulator.credentials.appId) => longConnections.count(appId),
      deliveries: () => longConnections.deliveries(),
    },
  });
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("The emulator does not listen on a port.");
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}

async function stop(server: Server, breakConnections: () => void): Promise<void> {
  const closed = once(server, "close");
  server.close();
  breakConnections();
  server.closeAllConnections();
  await closed;
}
