import { createFeishuEmulator, type FeishuEmulatorOptions, platformError } from "@streamcard/emulator";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runCli } from "./run-cli.ts";

afterEach(() => vi.unstubAllEnvs());

function setUp(options: FeishuEmulatorOptions = {}) {
  const emulator = createFeishuEmulator(options);
  vi.stubEnv("FEISHU_APP_ID", emulator.credentials.appId);
  vi.stubEnv("FEISHU_APP_SECRET", emulator.credentials.appSecret);
  vi.stubEnv("FEISHU_DOMAIN", emulator.url);
  vi.stubEnv("FEISHU_TO", "");
  vi.stubEnv("FEISHU_ENCRYPT_KEY", "");
  vi.stubEnv("FEISHU_VERIFICATION_TOKEN", "");
  const run = async (...args: string[]) => {
    let output = "";
    const print = (text: string) => {
      output += text;
    };
    return { code: await runCli(args, print, { fetch: emulator.fetch }), output };
  };
  return { emulator, run, to: emulator.chats.group };
}

describe("given an app that is set up well", () => {
  it("finds nothing, and streams one card", async () => {
    const { emulator, run, to } = setUp();
    const { code, output } = await run("doctor", "--to", to);
    expect(output).toContain("✓ test card");
    expect(output).toContain("All is well.");
    expect(code).toBe(0);
    const sent = emulator.cards().filter(({ messageId }) => messageId !== undefined);
    expect(sent).toMatchObject([{ streaming: false, finalizations: 1 }]);
    expect(emulator.messages(to)).toHaveLength(1);
  });

  it("finds the scope for images", async () => {
    const { emulator, run, to } = setUp();
    expect((await run("doctor", "--to", to, "--images")).output).toContain(
      "✓ scope for images    im:resource",
    );
    expect(emulator.requests().find(({ operation }) => operation === "image")).toMatchObject({
      code: 234010,
    });
  });

  it("says what it takes to hear messages, and keeps the secret to itself", async () => {
    const { emulator, run, to } = setUp();
    const { output } = await run("doctor", "--to", to);
    expect(output).toContain("FEISHU_ENCRYPT_KEY");
    expect(output).toContain("im.message.receive_v1");
    expect(output).not.toContain(emulator.credentials.appSecret);
  });
});

describe("given an app with something amiss", () => {
  it("names every scope that is missing, with the page where it is granted", async () => {
    const { emulator, run, to } = setUp({ apps: [{ scopes: [] }] });
    const { code, output } = await run("doctor", "--to", to);
    const page = `https://open.feishu.cn/app/${emulator.credentials.appId}/auth`;
    expect(output).toContain("✗ scope for cards     cardkit:card:write is missing");
    expect(output).toContain("✗ scope for messages  im:message:send_as_bot is missing");
    expect(output).toContain(`→ Grant it at ${page}`);
    expect(code).toBe(1);
  });

  it("looks at the scope for images where that is asked for", async () => {
    const scopes = ["cardkit:card:write", "im:message:send_as_bot"];
    const { run, to } = setUp({ apps: [{ scopes }] });
    expect((await run("doctor", "--to", to)).output).not.toContain("images");
    const { code, output } = await run("doctor", "--to", to, "--images");
    expect(output).toContain("✗ scope for images    im:resource is missing");
    expect(output).toContain("✓ test card");
    expect(code).toBe(1);
  });

  it("tells a wrong secret, and stops there", async () => {
    const { run, to } = setUp();
    vi.stubEnv("FEISHU_APP_SECRET", "wrong");
    const { code, output } = await run("doctor", "--to", to);
    expect(output).toMatch(/✗ credentials .*\(\d+.*Check FEISHU_APP_ID and FEISHU_APP_SECRET/);
    expect(output).toContain("- test card           needs working credentials");
    expect(code).toBe(1);
  });

  it("tells a chat that the bot is not in", async () => {
    const { emulator, run } = setUp();
    const { code, output } = await run("doctor", "--to", emulator.addChat({ apps: [] }));
    expect(output).toMatch(/✗ test card .*the bot is not in the chat.*Check that the bot is in the chat/);
    expect(output).toContain("✓ scope for messages");
    expect(code).toBe(1);
  });

  it("tells an app without a bot", async () => {
    const { emulator, run, to } = setUp();
    emulator.faults({ on: "bot", answer: platformError(230006) });
    expect((await run("doctor", "--to", to)).output).toMatch(/✗ bot .*Add the bot ability/);
  });

  it("tells missing credentials", async () => {
    const { run, to } = setUp();
    vi.stubEnv("FEISHU_APP_ID", "");
    const { code, output } = await run("doctor", "--to", to);
    expect(output).toContain("✗ configuration       The Feishu credentials are missing: set FEISHU_APP_ID");
    expect(code).toBe(1);
  });
});

describe("given a wrong call", () => {
  it.each([
    [["doctor"], "Say who gets the test card"],
    [["doctor", "--to", "om_1"], "use replyTo"],
    [["cure"], 'The command is "doctor", received "cure"'],
    [[], 'received ""'],
    [["doctor", "--what"], "Unknown option '--what'"],
  ])("says so: %j", async (args, words) => {
    const { code, output } = await setUp().run(...args);
    expect(output).toContain(words);
    expect(output).toContain("Usage:");
    expect(code).toBe(2);
  });

  it("helps", async () => {
    expect((await setUp().run("--help")).code).toBe(0);
  });
});
