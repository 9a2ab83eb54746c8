import * as lark from "@larksuiteoapi/node-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type ListeningFeishuEmulator, startFeishuEmulator } from "../start-feishu-emulator.ts";
import { createApiClient } from "../testing/api-client.ts";
import { markdown, streamingCard } from "../testing/cards.ts";
import { decodeFrame, encodeFrame } from "./frame.ts";

const ignore = (): void => {};
const logger = { error: ignore, warn: ignore, info: ignore, debug: ignore, trace: ignore };

let emulator: ListeningFeishuEmulator;
const clients: lark.WSClient[] = [];

beforeEach(async () => {
  emulator = await startFeishuEmulator({ page: false });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close({ force: true });
  await emulator.close();
});

const dispatcher = () => new lark.EventDispatcher({ logger });

/** A client of the official SDK, as anybody would start it. */
async function connect(eventDispatcher: lark.EventDispatcher, credentials = emulator.credentials) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const client = new lark.WSClient({
    ...credentials,
    domain: emulator.url,
    logger,
    onReady: () => resolve(),
    onError: (error) => reject(error),
  });
  clients.push(client);
  void client.start({ eventDispatcher });
  await promise;
  return client;
}

const until = async (isTrue: () => boolean): Promise<void> => {
  for (let turn = 0; !isTrue(); turn += 1) {
    if (turn > 300) throw new Error("It did not happen within 3 seconds.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

describe("given the official client, unmodified", () => {
  it("connects, hears what people write, and acknowledges it", async () => {
    const heard: string[] = [];
    await connect(
      dispatcher().register({
        "im.message.receive_v1": async ({ message }) => void heard.push(message.content),
      }),
    );
    expect(emulator.longConnection.count()).toBe(1);
    emulator.say("你好");
    // Larger than one frame: it arrives in several, and whole.
    emulator.say("长".repeat(20_000));
    await until(() => emulator.longConnection.deliveries().every(({ outcome }) => outcome === "accepted"));
    expect(heard).toEqual(['{"text":"你好"}', JSON.stringify({ text: "长".repeat(20_000) })]);
  });

  it("answers clicks", async () => {
    const toast = { type: "success", content: "已停止" };
    await connect(dispatcher().register({ "card.action.trigger": async () => ({ toast }) }));
    const api = await createApiClient(emulator);
    const messageId = await api.send(await api.create(streamingCard(markdown("a"))), emulator.chats.group);
    const interaction = emulator.click(messageId, { value: { run: "r" } });
    await until(() => !interaction.isOpen);
    expect(emulator.longConnection.deliveries()).toMatchObject([
      { outcome: "accepted", response: { toast } },
    ]);
  });

  it("is told again of what it failed at", async () => {
    await connect(
      dispatcher().register({
        "im.message.receive_v1": async () => {
          throw new Error("boom");
        },
      }),
    );
    emulator.say("你好");
    await until(() => emulator.longConnection.deliveries()[0]?.outcome !== "under-way");
    expect(emulator.longConnection.deliveries()).toMatchObject([{ outcome: "refused", status: 500 }]);
  });

  it("shares the messages with the app's other clients", async () => {
    const heard: number[] = [];
    for (const client of [0, 1]) {
      await connect(dispatcher().register({ "im.message.receive_v1": async () => void heard.push(client) }));
    }
    for (const text of ["一", "二", "三", "四"]) emulator.say(text);
    await until(() => heard.length === 4);
    expect(heard.toSorted()).toEqual([0, 0, 1, 1]);
  });

  it("is refused with another secret", async () => {
    const wrong = { ...emulator.credentials, appSecret: "wrong" };
    await expect(connect(dispatcher(), wrong)).rejects.toThrow("514");
    expect(emulator.longConnection.count()).toBe(0);
  });

  it("is gone once it is closed", async () => {
    const client = await connect(dispatcher());
    client.close({ force: true });
    await until(() => emulator.longConnection.count() === 0);
  });
});

describe("given a client of somebody's own", () => {
  const address = async (): Promise<string> => {
    const { appId: AppID, appSecret: AppSecret } = emulator.credentials;
    const response = await fetch(`${emulator.url}/callback/ws/endpoint`, {
      method: "POST",
      body: JSON.stringify({ AppID, AppSecret }),
    });
    const { data } = (await response.json()) as { data: { URL: string } };
    return data.URL;
  };
  const open = async (url: string) => {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return socket;
  };

  it("is answered its pings", async () => {
    const socket = await open(await address());
    const pong = new Promise<Buffer>((resolve) => socket.once("message", resolve));
    const ping = { seqId: 0, logId: 0, service: 1, method: 0 as const, headers: { type: "ping" } };
    socket.send(encodeFrame({ ...ping, payload: new Uint8Array() }));
    const { headers, payload } = decodeFrame(await pong);
    expect(headers).toEqual({ type: "pong" });
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({ PingInterval: 120 });
    socket.close();
  });

  it("is cut off for a frame that is none, and admitted once for each ticket", async () => {
    const url = await address();
    const socket = await open(url);
    const closed = new Promise<number>((resolve) => socket.once("close", resolve));
    socket.send("hello");
    expect(await closed).toBe(1002);
    await expect(open(url)).rejects.toThrow("403");
  });
});
