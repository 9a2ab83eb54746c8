import { type ListeningFeishuEmulator, startFeishuEmulator } from "@streamcard/emulator";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type FeishuLongConnection,
  type FeishuLongConnectionOptions,
  feishuLongConnection,
} from "./feishu-long-connection.ts";

let emulator: ListeningFeishuEmulator;
const open: FeishuLongConnection[] = [];

beforeEach(async () => {
  emulator = await startFeishuEmulator({ page: false });
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.close({ graceMs: 0 })));
  await emulator.close();
  vi.unstubAllEnvs();
});

function connect(options: Partial<FeishuLongConnectionOptions>): FeishuLongConnection {
  const connection = feishuLongConnection({
    ...emulator.credentials,
    domain: emulator.url,
    logger: { warn() {} },
    ...options,
  });
  open.push(connection);
  return connection;
}

const until = async (isTrue: () => boolean): Promise<void> => {
  for (let turn = 0; !isTrue(); turn += 1) {
    if (turn > 400) throw new Error("It did not happen within 4 seconds.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

const words = (text: string): ReadableStream<string> =>
  new Blob([text]).stream().pipeThrough(new TextDecoderStream());

describe("given a bot on a machine without a public address", () => {
  it("answers messages on a card, by the handlers of the webhook", async () => {
    const connection = connect({ onMessage: (message) => message.reply(words(`答：${message.text}`)) });
    await connection.ready;
    emulator.say("天空为什么是蓝色的？");
    await until(() => emulator.cards()[0]?.finalizations === 1);
    expect(emulator.cards()[0]?.elements[0]?.content).toBe("答：天空为什么是蓝色的？");
    expect(emulator.longConnection.deliveries()).toMatchObject([{ outcome: "accepted" }]);
  });

  it("answers clicks with toasts", async () => {
    const connection = connect({
      onCardAction: () => ({ toast: { type: "info", content: "收到" } }),
      onMessage: (message) => message.reply(words("好")),
    });
    await connection.ready;
    emulator.say("在吗");
    await until(() => emulator.cards()[0]?.finalizations === 1);
    emulator.click(emulator.cards()[0]?.messageId ?? "", { value: { own: true } });
    await until(() => emulator.longConnection.deliveries().at(-1)?.outcome === "accepted");
    expect(emulator.longConnection.deliveries().at(-1)?.response).toEqual({
      toast: { type: "info", content: "收到" },
    });
  });

  it("stops what goes on when it is closed, and is gone", async () => {
    const connection = connect({
      onMessage: (message) =>
        message.reply(
          ({ signal }) =>
            new ReadableStream<string>({
              start(controller) {
                controller.enqueue("没完没了");
                signal.addEventListener("abort", () => controller.error(signal.reason));
              },
            }),
        ),
    });
    await connection.ready;
    emulator.say("在吗");
    await until(() => emulator.cards()[0]?.elements[0]?.content === "没完没了");
    await connection.close({ graceMs: 0 });
    expect(emulator.cards()).toMatchObject([{ streaming: false, finalizations: 1 }]);
    await until(() => emulator.longConnection.count() === 0);
  });

  it("says why it was refused", async () => {
    const errors: unknown[] = [];
    const connection = connect({ appSecret: "wrong", onError: (error) => errors.push(error) });
    await expect(connection.ready).rejects.toThrow(/refused: .*514/);
    expect(errors).toHaveLength(1);
  });

  it("says at once what is missing", () => {
    vi.stubEnv("FEISHU_APP_SECRET", "");
    expect(() => feishuLongConnection({ appId: "cli_0123456789abcdef" })).toThrow("set FEISHU_APP_SECRET");
  });
});
