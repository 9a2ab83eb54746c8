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

export interface ListenOptions {
  /** 0 takes any free port. @defaultValue 0 */
  port?: number;
  /** @defaultValue "127.0.0.1" */
  host?: string;
  /** Whether the live page is at `/`. @defaultValue true */
  page?: boolean;
}

/** A Feishu that listens: clients of the official SDKs can hold long connections to it. */
export interface ListeningFeishuEmulator extends FeishuEmulator {
  readonly longConnection: {
    /** Clients that are connected. @param appId That of the default app, unless another one is given. */
    count(appId?: string): number;
    /** What was sent to clients, oldest first. What happened while none was connected is sent to none. */
    deliveries(): Delivery[];
  };
}

/**
 * Makes a Feishu that listens on this machine. Its `fetch` reaches it too, without the network.
 *
 * @throws {TypeError} when an option has a value it cannot have, and the system's error when the port cannot be had.
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
