import { ManualClock } from "@streamcard/core/testing";
import { createFeishuEmulator, htmlPage, platformError } from "@streamcard/emulator";
import { describe, expect, it } from "vitest";
import { TenantAccessToken } from "./tenant-access-token.ts";

function setUp(secret?: string) {
  const clock = new ManualClock();
  const emulator = createFeishuEmulator({ clock });
  const { appId, appSecret } = emulator.credentials;
  const client = { domain: emulator.url, fetch: emulator.fetch, clock };
  const tokens = new TenantAccessToken(client, { appId, appSecret: secret ?? appSecret });
  const fetches = () => emulator.requests().filter(({ operation }) => operation === "token").length;
  return { clock, emulator, tokens, fetches };
}

describe("given many who need a token", () => {
  it("fetches one for all of them", async () => {
    const { tokens, fetches } = setUp();
    const held = await Promise.all(Array.from({ length: 200 }, () => tokens.token()));
    expect(new Set(held).size).toBe(1);
    expect(fetches()).toBe(1);
  });
});

describe("given a token that gets old", () => {
  it("renews it ahead of its end, without letting anyone wait", async () => {
    const { clock, tokens, fetches } = setUp();
    const first = await tokens.token();
    await clock.advance(100 * 60_000);
    expect([await tokens.token(), fetches()]).toEqual([first, 1]);
    await clock.advance(11 * 60_000);
    expect(await tokens.token()).toBe(first);
    await clock.advance(0);
    expect(fetches()).toBe(2);
    expect(await tokens.token()).not.toBe(first);
  });

  it("goes on with the old one while it cannot be renewed", async () => {
    const { clock, emulator, tokens } = setUp();
    const first = await tokens.token();
    await clock.advance(112 * 60_000);
    emulator.faults({ on: "token", times: 3, answer: platformError(5000) });
    expect(await tokens.token()).toBe(first);
    await clock.advance(0);
    expect(await tokens.token()).toBe(first);
  });

  it("waits for a new one in the last minute", async () => {
    const { clock, tokens } = setUp();
    const first = await tokens.token();
    await clock.advance(119.5 * 60_000);
    expect(await tokens.token()).not.toBe(first);
  });

  it("fetches a new one when it is refused", async () => {
    const { tokens, fetches } = setUp();
    tokens.reject(await tokens.token());
    await tokens.token();
    expect(fetches()).toBe(2);
  });
});

describe("given a token that cannot be had", () => {
  it("says that the secret is wrong", async () => {
    const { tokens } = setUp("wrong");
    await expect(tokens.token()).rejects.toMatchObject({
      code: "feishu-api",
      isRetryable: false,
      message: expect.stringContaining("Check FEISHU_APP_ID and FEISHU_APP_SECRET"),
    });
  });

  it("says that the answer is HTML", async () => {
    const { emulator, tokens } = setUp();
    emulator.faults({ on: "token", answer: htmlPage(200) });
    await expect(tokens.token()).rejects.toMatchObject({
      code: "feishu-transport",
      outcome: "refused",
      message:
        "Fetching the tenant access token failed: the answer is not the platform's (HTTP 200, HTML). Check the domain, and any proxy in between.",
    });
  });

  it("tries again for the next one who asks", async () => {
    const { emulator, tokens } = setUp();
    emulator.faults({ on: "token", answer: platformError(5000) });
    await expect(tokens.token()).rejects.toMatchObject({ isRetryable: true });
    await expect(tokens.token()).resolves.toMatch(/^t-/);
  });
});
