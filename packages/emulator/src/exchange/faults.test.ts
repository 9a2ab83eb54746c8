import { afterEach, describe, expect, it } from "vitest";
import { createFeishuEmulator } from "../feishu/emulator/create-feishu-emulator.ts";
import type { FeishuEmulator } from "../feishu/emulator/feishu-emulator.ts";
import { startFeishuEmulator } from "../feishu/start-feishu-emulator.ts";
import { createApiClient } from "../feishu/testing/api-client.ts";
import { markdown, streamingCard } from "../feishu/testing/cards.ts";
import { createManualClock } from "../testing/manual-clock.ts";
import {
  connectionReset,
  delayed,
  hang,
  htmlPage,
  lostAnswer,
  platformError,
  rateLimited,
  serverError,
} from "./fault-answers.ts";

const open: FeishuEmulator[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((emulator) => emulator.close()));
});

// Each failure looks the same to a caller in the process and to one on the network.
describe.each([
  { transport: "in-process fetch", overHttp: false },
  { transport: "HTTP", overHttp: true },
])("given a scripted failure over $transport", ({ overHttp }) => {
  async function setUp() {
    const emulator = overHttp ? await startFeishuEmulator() : createFeishuEmulator();
    open.push(emulator);
    const fetch = overHttp ? globalThis.fetch : emulator.fetch;
    const api = await createApiClient(emulator, { fetch });
    const cardId = await api.create(streamingCard(markdown("answer")));
    const content = (text: string, sequence: number, signal?: AbortSignal) =>
      fetch(`${emulator.url}/open-apis/cardkit/v1/cards/${cardId}/elements/answer/content`, {
        method: "PUT",
        headers: { "content-type": "application/json", authorization },
        body: JSON.stringify({ content: text, sequence }),
        ...(signal === undefined ? {} : { signal }),
      });
    const token = await fetch(`${emulator.url}/open-apis/auth/v3/tenant_access_token/internal`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        app_id: emulator.credentials.appId,
        app_secret: emulator.credentials.appSecret,
      }),
    });
    const authorization = `Bearer ${(await token.json()).tenant_access_token}`;
    return { emulator, api, content, text: () => emulator.card(cardId).elements[0]?.content };
  }

  it("answers a code of the platform and leaves the card alone, once", async () => {
    const { emulator, content, text } = await setUp();
    const fault = emulator.faults({ on: "content", answer: platformError(300120) });

    const first = await content("a", 1);
    const shown = text();
    const second = await content("a", 1);

    expect({ status: first.status, code: (await first.json()).code, shown }).toEqual({
      status: 400,
      code: 300120,
      shown: "…",
    });
    expect([(await second.json()).code, text(), fault.fired]).toEqual([0, "a", 1]);
  });

  it("answers the gateway's limit with the time to wait", async () => {
    const { emulator, content } = await setUp();
    emulator.faults({ on: "content", answer: rateLimited({ resetSeconds: 7 }) });

    const response = await content("a", 1);

    expect([response.status, response.headers.get("x-ogw-ratelimit-reset")]).toEqual([429, "7"]);
    expect(await response.json()).toMatchObject({ code: 99991400 });
  });

  it("answers errors of the machinery, with JSON, without, and as a page", async () => {
    const { emulator, content } = await setUp();
    for (const answer of [serverError(500, { code: 2200 }), serverError(), htmlPage()])
      emulator.faults({ on: "content", answer });

    const responses = [await content("a", 1), await content("a", 1), await content("a", 1)];

    expect(responses.map(({ status }) => status)).toEqual([500, 503, 502]);
    const [json, empty, page] = await Promise.all(responses.map((response) => response.text()));
    expect([json, empty]).toEqual(['{"code":2200,"msg":"internal error"}', ""]);
    expect(page).toContain("<html>");
  });

  it.each([
    { when: "before-applying" as const, shown: "…" },
    { when: "after-applying" as const, shown: "a" },
  ])("breaks the connection $when", async ({ when, shown }) => {
    const { emulator, content, text } = await setUp();
    emulator.faults({ on: "content", answer: connectionReset(when) });

    await expect(content("a", 1)).rejects.toThrow(TypeError);

    expect(text()).toBe(shown);
    expect(emulator.requests().at(-1)).toMatchObject({
      status: undefined,
      applied: when === "after-applying",
    });
  });

  it.each([
    { name: "never answers what it has carried out", answer: lostAnswer(), shown: "a" },
    { name: "never lets a request through", answer: hang(), shown: "…" },
  ])("$name", async ({ answer, shown }) => {
    const { emulator, content, text } = await setUp();
    emulator.faults({ on: "content", answer });
    const abort = new AbortController();
    const call = content("a", 1, abort.signal);
    const settled = call.then(() => "answered").catch((error: unknown) => error);
    await waitFor(() => emulator.requests().some(({ operation }) => operation === "content"));

    abort.abort("too long");

    expect(await settled).toBe("too long");
    expect(text()).toBe(shown);
  });

  it("carries out late, and answers late", async () => {
    const { emulator, content, text } = await setUp();
    emulator.faults({ on: "content", answer: delayed({ beforeMs: 20, afterMs: 20 }) });
    const started = performance.now();
    const call = content("a", 1);
    const shownAtFirst = text();

    expect((await (await call).json()).code).toBe(0);
    expect([shownAtFirst, text()]).toEqual(["…", "a"]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(35);
  });

  it("can be an error although the operation was carried out", async () => {
    const { emulator, content, text } = await setUp();
    emulator.faults({ on: "content", answer: serverError(504, { isApplied: true }) });

    expect((await content("a", 1)).status).toBe(504);
    expect(text()).toBe("a");
  });
});

describe("given faults that choose their requests", () => {
  async function setUp() {
    const emulator = createFeishuEmulator({ clock: createManualClock() });
    const api = await createApiClient(emulator);
    const cardId = await api.create(streamingCard(markdown("answer")));
    let sequence = 0;
    const codes = async (count: number) => {
      const row = [];
      for (let index = 0; index < count; index += 1) {
        sequence += 1;
        row.push((await api.content(cardId, "answer", `${index}`, sequence)).code);
      }
      return row;
    };
    return { emulator, api, cardId, codes };
  }

  it("fails the nth one, as many times as asked", async () => {
    const { emulator, codes } = await setUp();
    const fault = emulator.faults({ on: "content", nth: 2, times: 2, answer: platformError(300120) });

    expect(await codes(5)).toEqual([0, 300120, 300120, 0, 0]);
    expect([fault.matched, fault.fired]).toEqual([5, 2]);
  });

  it("fails all of them until it is cleared", async () => {
    const { emulator, codes } = await setUp();
    const fault = emulator.faults({
      on: ["content", "batch"],
      times: Number.POSITIVE_INFINITY,
      answer: platformError(1),
    });
    const failed = await codes(3);
    fault.clear();

    expect([...failed, ...(await codes(1))]).toEqual([1, 1, 1, 0]);
  });

  it("asks a test of the request, which knows its card, element, sequence and body", async () => {
    const { emulator, codes, cardId } = await setUp();
    emulator.faults({
      on: (request) => request.cardId === cardId && request.elementId === "answer" && request.sequence === 3,
      answer: platformError(300000),
    });

    expect(await codes(4)).toEqual([0, 0, 300000, 0]);
  });

  it("counts each by itself, and lets those that are due at once fail one request after the other", async () => {
    const { emulator, codes } = await setUp();
    for (const code of [1, 2]) emulator.faults({ on: "content", answer: platformError(code) });
    emulator.faults({ nth: 4, answer: platformError(4) });

    expect(await codes(5)).toEqual([1, 2, 0, 4, 0]);
  });

  it("names the fault in the request log", async () => {
    const { emulator, codes } = await setUp();
    emulator.faults({ on: "content", answer: rateLimited() });
    await codes(1);

    expect(emulator.requests().at(-1)).toMatchObject({
      fault: "platform error 99991400",
      status: 429,
      applied: false,
    });
  });

  it("refuses a count that makes no sense", async () => {
    const { emulator } = await setUp();

    expect(() => emulator.faults({ nth: 0, answer: hang() })).toThrow(TypeError);
    expect(() => emulator.faults({ times: 0, answer: hang() })).toThrow(TypeError);
  });
});

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
