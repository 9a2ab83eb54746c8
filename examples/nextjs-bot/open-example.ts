import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type FeishuEmulator, type Subscription, startFeishuEmulator } from "@streamcard/emulator";

/** The bot on a Next.js server, and the Feishu that it answers in. */
export interface OpenExample {
  readonly emulator: FeishuEmulator;
  readonly subscription: Subscription;
  /** Address of the server. */
  readonly url: string;
  /** Tells the server to end, and waits until it has finished its answers. */
  stopServer(): Promise<void>;
  /** Ends the server and the emulator. */
  close(): Promise<void>;
}

const next = join(import.meta.dirname, "node_modules/next/dist/bin/next");

/** Builds the app, starts it, and has the emulator send its events there, signed and encrypted. */
export async function openExample({ emulatorPort = 0, port = 0 } = {}): Promise<OpenExample> {
  await run(["build"]);
  const emulator = await startFeishuEmulator({
    port: await freePort(emulatorPort),
    apps: [{ name: "streamcard" }],
  });
  const serverPort = await freePort(port);
  const url = `http://127.0.0.1:${serverPort}`;
  const encryptKey = crypto.randomUUID();
  const server = start(["start", "--hostname", "127.0.0.1", "--port", String(serverPort)], {
    FEISHU_DOMAIN: emulator.url,
    FEISHU_APP_ID: emulator.credentials.appId,
    FEISHU_APP_SECRET: emulator.credentials.appSecret,
    FEISHU_ENCRYPT_KEY: encryptKey,
    FEISHU_TO: emulator.chats.group,
  });
  const subscription = emulator.subscribe({ url: `${url}/api/feishu`, encryptKey });
  await verified(subscription, server);
  const stopServer = async (): Promise<void> => {
    subscription.close();
    server.kill("SIGTERM");
    await ended(server);
  };
  const close = async (): Promise<void> => {
    await stopServer();
    await emulator.close();
  };
  return { emulator, subscription, url, stopServer, close };
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [next, ...args], {
    cwd: import.meta.dirname,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env, NODE_ENV: "production" },
    stdio: ["ignore", "inherit", "inherit"],
  });
}

async function run(args: readonly string[]): Promise<void> {
  const child = start(args);
  await ended(child);
  if (child.exitCode !== 0) throw new Error(`next ${args.join(" ")} ended with ${child.exitCode}.`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

const START_MS = 30_000;

/** Asks the address to prove itself until the server is there. */
async function verified(subscription: Subscription, server: ChildProcess): Promise<void> {
  for (const giveUpAt = Date.now() + START_MS; ; await sleep(100)) {
    try {
      return await subscription.verify();
    } catch (error) {
      if (server.exitCode !== null || Date.now() > giveUpAt) throw error;
    }
  }
}

/** The port, or any other where it is taken. */
async function freePort(port: number): Promise<number> {
  const server = createServer();
  const listening = once(server.listen(port, "127.0.0.1"), "listening");
  const isFree = await listening.then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort(0);
  const { port: found } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return found;
}
