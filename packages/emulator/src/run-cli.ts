import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import type { FeishuEmulator } from "./feishu/emulator/feishu-emulator.ts";
import { startFeishuEmulator } from "./feishu/start-feishu-emulator.ts";

const DEFAULT_PORT = 7788;

const USAGE = `Usage: streamcard-emulator [--port <number>] [--host <address>] [--events <url>]

  --port <number>    port to listen on; 0 takes any free one (default ${DEFAULT_PORT})
  --host <address>   address to listen on (default 127.0.0.1)
  --events <url>     address of your webhook: receives people's messages and clicks, signed and encrypted
  --help             show this text
`;

/** State of the command after its start: the emulator listens, or the command has ended with an exit code. */
export type CliResult =
  | { type: "running"; emulator: FeishuEmulator; output: string }
  | { type: "done"; exitCode: number; output: string };

export async function runCli(args: readonly string[]): Promise<CliResult> {
  let options: ReturnType<typeof readArguments>;
  try {
    options = readArguments(args);
  } catch (error) {
    return { type: "done", exitCode: 2, output: `${messageOf(error)}\n\n${USAGE}` };
  }
  if (options.help) return { type: "done", exitCode: 0, output: USAGE };
  const { port, host, events } = options;
  try {
    const emulator = await startFeishuEmulator({ port, host });
    if (events === undefined) return { type: "running", emulator, output: welcome(emulator) };
    // Derived, so that the key is the same at every start, as the other credentials are.
    const encryptKey = createHash("sha256").update(emulator.credentials.appSecret).digest("hex").slice(0, 32);
    emulator.subscribe({ url: events, encryptKey });
    return { type: "running", emulator, output: welcome(emulator, encryptKey) };
  } catch (error) {
    return { type: "done", exitCode: 1, output: `${explain(error, port, host)}\n` };
  }
}

interface Arguments {
  port: number;
  host: string;
  events: string | undefined;
  help: boolean;
}

function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string" },
      host: { type: "string" },
      events: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const { port = String(DEFAULT_PORT), host = "127.0.0.1", help = false } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new TypeError(`--port must be a number from 0 to 65535, received "${port}".`);
  }
  const { events } = values;
  if (events !== undefined && !/^https?:\/\//.test(events)) {
    throw new TypeError(`--events must be an http(s) URL, received "${events}".`);
  }
  return { port: Number(port), host, events, help };
}

function welcome({ url, credentials, chats, apps }: FeishuEmulator, encryptKey?: string): string {
  const webhook =
    encryptKey === undefined
      ? ""
      : `  export FEISHU_ENCRYPT_KEY=${encryptKey}
  export FEISHU_VERIFICATION_TOKEN=${apps[0]?.verificationToken}
`;
  return `Open ${url} to write to the bot and watch its cards.

A local Feishu listens on ${url}

  app id       ${credentials.appId}
  app secret   ${credentials.appSecret}
  group chat   ${chats.group}
  direct chat  ${chats.direct}

Point an app at it:

  export FEISHU_DOMAIN=${url}
  export FEISHU_APP_ID=${credentials.appId}
  export FEISHU_APP_SECRET=${credentials.appSecret}
  export FEISHU_TO=${chats.group}
${webhook}
Ctrl+C stops it.
`;
}

function explain(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `Port ${port} of ${host} is in use. Choose another with --port, or any with --port 0.`;
  if (code === "EACCES")
    return `Port ${port} of ${host} is not open to this user. Choose one above 1023 with --port.`;
  return `Cannot listen on port ${port} of ${host}: ${messageOf(error)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
