import { describe, expect, it } from "vitest";
import { createFeishuEmulator } from "../feishu/emulator/create-feishu-emulator.ts";
import type { FeishuEmulatorOptions } from "../feishu/emulator/emulator-options.ts";
import { createApiClient } from "../feishu/testing/api-client.ts";
import { markdown, streamingCard } from "../feishu/testing/cards.ts";
import { createManualClock } from "../testing/manual-clock.ts";

const BOT = "/open-apis/bot/v3/info";

async function setUp(options: Omit<FeishuEmulatorOptions, "clock"> = {}) {
  const clock = createManualClock();
  let isSlow = false;
  const latency =
    options.latency ?? (() => (isSlow ? { requestMs: 30, responseMs: 50 } : { requestMs: 0, responseMs: 0 }));
  const emulator = createFeishuEmulator({ ...options, clock, latency });
  const api = await createApiClient(emulator);
  const cardId = await api.create(streamingCard(markdown("answer")));
  isSlow = true;
  return { clock, emulator, api, cardId, text: () => emulator.card(cardId).elements[0]?.content };
}

describe("given requests in every form that fetch takes", () => {
  const emulator = createFeishuEmulator();
  const body = JSON.stringify({
    app_id: emulator.credentials.appId,
    app_secret: emulator.credentials.appSecret,
  });
  const url = `${emulator.url}/open-apis/auth/v3/tenant_access_token/internal`;
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers };

  it.each([
    { name: "an address and a string", call: () => emulator.fetch(url, { ...init, body }) },
    { name: "a URL", call: () => emulator.fetch(new URL(url), { ...init, body }) },
    { name: "a Request", call: () => emulator.fetch(new Request(url, { ...init, body })) },
    { name: "bytes", call: () => emulator.fetch(url, { ...init, body: new TextEncoder().encode(body) }) },
    {
      name: "a Blob of a type",
      call: () =>
        emulator.fetch(url, { method: "post", body: new Blob([body], { type: "application/json" }) }),
    },
    {
      name: "a stream",
      call: () =>
        emulator.fetch(url, { ...init, body: new Blob([body]).stream(), duplex: "half" } as RequestInit),
    },
    {
      name: "another host",
      call: () => emulator.fetch(url.replace(emulator.url, "https://open.feishu.cn"), { ...init, body }),
    },
    {
      name: "headers as pairs",
      call: () =>
        emulator.fetch(url, { method: "POST", headers: [["Content-Type", "application/json"]], body }),
    },
  ])("takes $name", async ({ call }) => {
    expect(await (await call()).json()).toMatchObject({ code: 0 });
  });

  it("rejects an address that is none", async () => {
    await expect(emulator.fetch("http://[", init)).rejects.toThrow(TypeError);
  });
});

describe("given a request without latency", () => {
  it("is carried out within the call and waits for no timer", async () => {
    const clock = createManualClock();
    const emulator = createFeishuEmulator({ clock });

    const call = emulator.fetch(`${emulator.url}${BOT}`);

    expect(emulator.requests()).toHaveLength(1);
    expect(clock.pending).toBe(0);
    expect((await call).status).toBe(400);
  });
});

describe("given a request that travels 30 ms, and its answer 50 ms", () => {
  it("arrives and is answered at those times of the emulator's clock", async () => {
    const { api, cardId, clock, emulator, text } = await setUp();
    const start = clock.now();
    const call = api.content(cardId, "answer", "a", 1);

    clock.advance(29);
    const before = text();
    clock.advance(1);
    const after = text();
    clock.advance(50);

    expect([before, after, (await call).code]).toEqual(["…", "a", 0]);
    expect(emulator.requests().at(-1)).toMatchObject({ time: start + 30, answeredAt: start + 80 });
    expect(emulator.card(cardId).operations.at(-1)).toMatchObject({
      time: start + 30,
      answeredAt: start + 80,
    });
  });

  it.each([
    { after: 10, shown: "…", logged: false },
    { after: 40, shown: "a", logged: true },
  ])(
    "rejects at once with the reason when it is aborted after $after ms; the card then says $shown",
    async ({ after, shown, logged }) => {
      const { cardId, clock, emulator, text } = await setUp();
      const api = await apiAt(emulator, clock);
      const abort = new AbortController();
      const call = api(`/open-apis/cardkit/v1/cards/${cardId}/elements/answer/content`, abort.signal);
      clock.advance(after);

      abort.abort(new Error("stopped"));
      await expect(call).rejects.toThrow("stopped");
      clock.advance(1_000);

      expect(text()).toBe(shown);
      expect(emulator.requests().some(({ operation }) => operation === "content")).toBe(logged);
      expect(clock.pending).toBe(0);
    },
  );

  it("rejects without sending when the signal is aborted already", async () => {
    const { emulator } = await setUp();
    const count = emulator.requests().length;

    await expect(emulator.fetch(`${emulator.url}${BOT}`, { signal: AbortSignal.abort("no") })).rejects.toBe(
      "no",
    );
    expect(emulator.requests()).toHaveLength(count);
  });

  it("fails when the emulator is closed meanwhile, and every time after that", async () => {
    const { api, cardId, clock, emulator } = await setUp();
    const call = api.content(cardId, "answer", "a", 1);

    await emulator.close();
    await emulator.close();

    await expect(call).rejects.toThrow("fetch failed");
    await expect(emulator.fetch(`${emulator.url}${BOT}`)).rejects.toThrow("fetch failed");
    expect(clock.pending).toBe(0);
  });
});

async function apiAt(
  emulator: ReturnType<typeof createFeishuEmulator>,
  clock: ReturnType<typeof createManualClock>,
) {
  const { appId, appSecret } = emulator.credentials;
  const issued = emulator.fetch(`${emulator.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
  });
  clock.advance(80);
  const { tenant_access_token: token } = await (await issued).json();
  return (path: string, signal: AbortSignal) =>
    emulator.fetch(`${emulator.url}${path}`, {
      method: "PUT",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ content: "a", sequence: 1 }),
      signal,
    });
}
