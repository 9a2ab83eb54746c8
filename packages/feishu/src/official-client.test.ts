import * as lark from "@larksuiteoapi/node-sdk";
import { type FeishuEmulator, startFeishuEmulator } from "@streamcard/emulator";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFeishu } from "./create-feishu.ts";

const ignore = (): void => {};
const quiet = { logger: { error: ignore, warn: ignore, info: ignore, debug: ignore, trace: ignore } };
let emulator: FeishuEmulator;

beforeEach(async () => {
  emulator = await startFeishuEmulator({ page: false });
});
afterEach(() => emulator.close());

it("takes a client of the official SDK in place of credentials and domain", async () => {
  const client = new lark.Client({ ...emulator.credentials, domain: emulator.url, ...quiet });
  const feishu = createFeishu({ client });
  const card = feishu.card({ to: emulator.chats.group });
  card.push("来自官方客户端的凭证。");
  expect(await card.finish()).toMatchObject({ status: "finished", delivery: "card" });
  await feishu.close();
  expect(emulator.cards()[0]).toMatchObject({ streaming: false, finalizations: 1 });
});

it("says what is wrong when the client's secret is", async () => {
  const client = new lark.Client({ appId: "cli_1", appSecret: "no", domain: emulator.url, ...quiet });
  const feishu = createFeishu({ client, logger: { warn: () => {} } });
  const { delivery, deliveryError } = await feishu.card({ to: emulator.chats.group }).finish();
  await feishu.close();
  expect(delivery).toBe("none");
  expect(String(deliveryError)).toMatch(/^FeishuApiError: Fetching the tenant access token failed: /);
});
