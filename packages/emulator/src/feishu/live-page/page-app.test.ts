import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { parseJsonObject } from "../../ground/json.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import type { Interaction } from "../people/interaction.ts";
import { startFeishuEmulator } from "../start-feishu-emulator.ts";
import { createApiClient } from "../testing/api-client.ts";
import { cardOf } from "../testing/cards.ts";

const open: FeishuEmulator[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((emulator) => emulator.close()));
});
const start = async (...args: Parameters<typeof startFeishuEmulator>): Promise<FeishuEmulator> => {
  const emulator = await startFeishuEmulator(...args);
  open.push(emulator);
  return emulator;
};
const post = (
  emulator: FeishuEmulator,
  action: string,
  body: unknown,
  headers: Record<string, string> = {},
) =>
  fetch(`${emulator.url}/page/${action}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

describe("given an emulator with its page", () => {
  it("serves a document that loads nothing from anywhere else", async () => {
    const { url } = await start();

    const response = await fetch(url);
    const html = await response.text();

    expect(response.headers.get("content-security-policy")).toContain(
      "default-src 'none'; script-src 'self'",
    );
    expect(html.match(/(?:src|href)="\/[^"]*"/g)).toEqual(['href="/page/main.css"', 'src="/page/main.js"']);
  });

  it("serves its script and its style, from the sources", async () => {
    const { url } = await start();
    const load = async (name: string) => {
      const response = await fetch(`${url}/page/${name}`);
      return { type: response.headers.get("content-type"), text: await response.text() };
    };

    expect(await load("main.js")).toMatchObject({
      type: "text/javascript; charset=utf-8",
      text: /^\/\*! Contains/,
    });
    expect(await load("main.css")).toMatchObject({ type: "text/css; charset=utf-8" });
  });

  it("says what the page says", async () => {
    const emulator = await start();
    const { direct } = emulator.chats;

    const response = await post(emulator, "say", { chatId: direct, text: "你好" });

    expect(response.status).toBe(204);
    expect(emulator.messages(direct).map(({ text }) => text)).toEqual(["你好"]);
  });

  it("clicks, and is done when the app has answered", async () => {
    const emulator = await start();
    const api = await createApiClient(emulator);
    const button = {
      tag: "button",
      element_id: "stop",
      behaviors: [{ type: "callback", value: { run: "r-1" } }],
    };
    const messageId = await api.send(await api.create(cardOf(button)), emulator.chats.direct);
    const interactions: Interaction[] = [];
    emulator.onCardAction((interaction) => {
      interactions.push(interaction);
      setTimeout(() => interaction.answer({ toast: { type: "success", content: "停了" } }), 20);
    });

    const response = await post(emulator, "click", { messageId, elementId: "stop" });

    expect(await response.json()).toEqual({ toast: { type: "success", content: "停了", i18n: {} } });
    expect(interactions).toMatchObject([
      { isOpen: false, event: { event: { action: { value: { run: "r-1" } } } } },
    ]);
  });

  it("is done with a click that nobody answers when its time is up", async () => {
    const emulator = await start({ rules: { interactionLockMs: 30 } });
    const api = await createApiClient(emulator);
    const messageId = await api.send(await api.create(cardOf({ tag: "hr" })), emulator.chats.direct);

    expect(await (await post(emulator, "click", { messageId })).json()).toEqual({ code: 200341 });
  });

  it("gives each of two clicks on one card its own answer", async () => {
    const emulator = await start();
    const api = await createApiClient(emulator);
    const messageId = await api.send(await api.create(cardOf({ tag: "hr" })), emulator.chats.direct);
    const open: Interaction[] = [];
    emulator.onCardAction((interaction) => {
      open.push(interaction);
      if (open.length < 2) return;
      for (const each of open) {
        const content = JSON.stringify(each.event.event.action.value);
        each.answer({ toast: { type: "info", content } });
      }
    });

    const clicks = [{ n: 1 }, { n: 2 }].map(async (value) => {
      const response = await post(emulator, "click", { messageId, value });
      return (await response.json()) as { toast: { content: string } };
    });

    expect((await Promise.all(clicks)).map(({ toast }) => toast.content).sort()).toEqual([
      '{"n":1}',
      '{"n":2}',
    ]);
  });

  it("tells what was wrong with an answer that came within the click", async () => {
    const emulator = await start();
    const api = await createApiClient(emulator);
    const messageId = await api.send(await api.create(cardOf({ tag: "hr" })), emulator.chats.direct);
    emulator.onCardAction((interaction) => void interaction.answer({ card: { type: "raw", data: 1 } }));

    expect(await (await post(emulator, "click", { messageId })).json()).toEqual({ code: 200673 });
  });

  it.each([
    [{ option: "a" }, { option: "a" }],
    [{ options: ["a", 1, "b"] }, { options: ["a", "b"] }],
    [{ checked: true }, { checked: true }],
    [{ input_value: "好" }, { input_value: "好" }],
  ])("carries what was chosen, %j, into the event", async (input, expected) => {
    const emulator = await start();
    const api = await createApiClient(emulator);
    const messageId = await api.send(await api.create(cardOf({ tag: "hr" })), emulator.chats.direct);
    const actions: object[] = [];
    emulator.onCardAction((interaction) => {
      actions.push(interaction.event.event.action);
      interaction.answer();
    });

    await post(emulator, "click", { messageId, input });

    expect(actions).toEqual([expect.objectContaining(expected)]);
  });

  it("clicks and writes as another person of the chat, and as nobody else", async () => {
    const emulator = await start();
    const api = await createApiClient(emulator);
    const { group } = emulator.chats;
    const messageId = await api.send(await api.create(cardOf({ tag: "hr" })), group);
    const second = emulator.people[1]?.openId ?? "";
    const operators: string[] = [];
    emulator.onCardAction((interaction) => {
      operators.push(interaction.event.event.operator.open_id);
      interaction.answer();
    });

    await post(emulator, "click", { messageId, from: second });
    await post(emulator, "say", { chatId: group, text: "我来", from: second });
    const stranger = await post(emulator, "click", { messageId, from: "ou_stranger" });

    expect(operators).toEqual([second]);
    expect(emulator.messages(group).at(-1)?.sender.id).toBe(second);
    expect(stranger.status).toBe(400);
  });

  it("recalls", async () => {
    const emulator = await start();
    const { messageId } = emulator.say("no");

    await post(emulator, "recall", { messageId });

    expect(emulator.messages()[0]?.isRecalled).toBe(true);
  });

  it.each([
    { name: "an unknown chat", action: "say", body: { chatId: "oc_none", text: "x" }, status: 400 },
    { name: "no text", action: "say", body: { chatId: "oc_none" }, status: 400 },
    { name: "an unknown message", action: "click", body: { messageId: "om_none" }, status: 400 },
    { name: "a text over 512 KB", action: "say", body: { text: "x".repeat(600_000) }, status: 413 },
  ])("refuses $name", async ({ action, body, status }) => {
    expect((await post(await start(), action, body)).status).toBe(status);
  });

  it("refuses what is not JSON, such as a form of another website", async () => {
    const emulator = await start();

    expect((await post(emulator, "say", {}, { "content-type": "text/plain" })).status).toBe(415);
  });

  it("refuses another website", async () => {
    const emulator = await start();
    const body = { chatId: emulator.chats.direct, text: "x" };

    expect((await post(emulator, "say", body, { origin: "https://example.com" })).status).toBe(403);
    expect(emulator.messages()).toEqual([]);
  });

  it("refuses a name that a website has pointed at this machine", async () => {
    const { url } = await start();
    const status = await new Promise((resolve, reject) => {
      request(url, { headers: { host: "rebound.example.com" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });

    expect(status).toBe(403);
  });

  it("shows uploaded images", async () => {
    const emulator = await start();
    const image = await fetch(`${emulator.url}/page/images/${emulator.addImage()}`);

    expect([image.status, image.headers.get("content-type")]).toEqual([200, "image/gif"]);
    expect((await fetch(`${emulator.url}/page/images/none`)).status).toBe(404);
  });

  it("streams what happens until the page hangs up", async () => {
    const emulator = await start();
    const { direct } = emulator.chats;
    const page = new AbortController();
    const response = await fetch(`${emulator.url}/page/events?chat=${direct}`, { signal: page.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () => {
      const [first = ""] = ((await reader?.read())?.value ?? "").split("\n\n");
      return parseJsonObject(first.replace(/^data: /, ""));
    };

    const hello = await next();
    emulator.say("你好");
    const told = await next();
    page.abort();

    expect(hello).toMatchObject({ type: "hello", chatId: direct, messages: [] });
    expect(told).toMatchObject({ type: "message", message: { content: { text: "你好" } } });
  });

  it("closes although a page is connected", async () => {
    const emulator = await start();
    const response = await fetch(`${emulator.url}/page/events`);

    await emulator.close();

    await expect(response.text()).rejects.toThrow();
  });

  it("counts nothing of the page as a request of an app", async () => {
    const emulator = await start();
    await fetch(emulator.url);

    expect(emulator.requests()).toEqual([]);
  });
});

describe("given an emulator without its page", () => {
  it("leaves every path to the API", async () => {
    const { url } = await start({ page: false });

    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(`${url}/page/events`)).status).toBe(404);
  });
});
