import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
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

  it("sends events to a webhook, and prints what opens them", async () => {
    const bodies: string[] = [];
    const server = createHttpServer((request, response) => {
      request.on("data", (chunk) => bodies.push(String(chunk))).on("end", () => response.end("{}"));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const result = await runCli(["--port", "0", "--events", `http://127.0.0.1:${port}/feishu`]);
    if (result.type !== "running") throw new Error(result.output);
    expect(result.output).toMatch(
      /export FEISHU_ENCRYPT_KEY=[0-9a-f]{32}\n {2}export FEISHU_VERIFICATION_TOKEN=\w+/,
    );
    const answered = once(server, "request");
    result.emulator.say("在吗");
    await answered;
    await result.emulator.close();
    server.close();
    expect(bodies.join("")).toMatch(/^\{"encrypt":/);
  });

  it.each([
    {
      args: ["--events", "localhost:3000"],
      says: '--events must be an http(s) URL, received "localhost:3000".',
    },
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
