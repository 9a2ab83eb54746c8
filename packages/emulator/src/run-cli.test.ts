import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runCli } from "./run-cli.ts";

describe("given the command", () => {
  it("prints the page's address first, what to sign in with, and the variables to set", async () => {
    const result = await runCli(["--port", "0"]);
    if (result.type !== "running") throw new Error(result.output);
    const { url, credentials, chats } = result.emulator;
    await result.emulator.close();

    expect(result.output).toMatch(new RegExp(`^Open ${url} to `));
    expect(result.output).toContain(`A local Feishu listens on ${url}`);
    expect(result.output).toContain(
      [
        `export FEISHU_DOMAIN=${url}`,
        `export FEISHU_APP_ID=${credentials.appId}`,
        `export FEISHU_APP_SECRET=${credentials.appSecret}`,
        `export FEISHU_TO=${chats.group}`,
      ].join("\n  "),
    );
    expect(result.output).toContain(chats.direct);
  });

  it.each([
    { args: ["--prot", "1"], says: "Unknown option '--prot'" },
    { args: ["--port", "http"], says: '--port must be a number from 0 to 65535, received "http".' },
    { args: ["--port", "65536"], says: '--port must be a number from 0 to 65535, received "65536".' },
    { args: ["7788"], says: "Unexpected argument '7788'" },
  ])("refuses $args, says why and how it is used", async ({ args, says }) => {
    const result = await runCli(args);

    expect(result).toMatchObject({ type: "done", exitCode: 2 });
    expect(result.output).toContain(says);
    expect(result.output).toContain("Usage: streamcard-emulator");
  });

  it("shows its use when asked", async () => {
    expect(await runCli(["--help"])).toMatchObject({ type: "done", exitCode: 0 });
  });

  it("says that a port is in use, and what to do", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;

    const result = await runCli(["--port", String(port)]);
    server.close();

    expect(result).toMatchObject({ type: "done", exitCode: 1 });
    expect(result.output).toBe(
      `Port ${port} of 127.0.0.1 is in use. Choose another with --port, or any with --port 0.\n`,
    );
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends cleanly on %s", async (signal) => {
    const cli = fileURLToPath(new URL("./cli.ts", import.meta.url));
    const child = spawn(process.execPath, [cli, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output.includes("Ctrl+C")) break;
    }
    const exited = once(child, "exit");
    child.kill(signal);

    expect(await exited).toEqual([0, null]);
  });
});
