import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../ground/json.ts";
import { createManualClock, type ManualClock } from "../../testing/manual-clock.ts";
import { createFeishuEmulator } from "../emulator/create-feishu-emulator.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import { createApiClient } from "../testing/api-client.ts";
import { cardOf, markdown, streamingCard } from "../testing/cards.ts";

const TOKEN = "/open-apis/auth/v3/tenant_access_token/internal";
const CARDS = "/open-apis/cardkit/v1/cards";
const JSON_TYPE = { "content-type": "application/json" };

let clock: ManualClock;
let emulator: FeishuEmulator;

beforeEach(() => {
  clock = createManualClock();
  emulator = createFeishuEmulator({ clock });
});

async function post(path: string, body: string, headers: Record<string, string> = JSON_TYPE) {
  const response = await emulator.fetch(`${emulator.url}${path}`, { method: "POST", headers, body });
  const json: JsonObject = await response.json();
  return { status: response.status, json };
}

function requestToken(path = TOKEN, credentials: JsonObject = {}) {
  const { appId, appSecret } = emulator.credentials;
  return post(path, JSON.stringify({ app_id: appId, app_secret: appSecret, ...credentials }));
}

describe("given an app that asks for its access token", () => {
  it("answers flat, with a token for two hours", async () => {
    const { status, json } = await requestToken();

    expect(status).toBe(200);
    expect(json).toEqual({
      code: 0,
      msg: "ok",
      tenant_access_token: expect.stringMatching(/^t-/),
      expire: 7200,
    });
  });

  it("answers at the path with a slash at its end too", async () => {
    expect((await requestToken(`${TOKEN}/`)).json.code).toBe(0);
  });

  it("gives the same string as app access token", async () => {
    const { json } = await requestToken("/open-apis/auth/v3/app_access_token/internal");

    expect(json.app_access_token).toBe(json.tenant_access_token);
  });

  it("gives the same token again while it has at least 30 minutes left", async () => {
    const first = await requestToken();
    clock.advance(90 * 60_000);
    const second = await requestToken();

    expect(second.json).toEqual({ ...first.json, expire: 1800 });
  });

  it("gives a new token when it has less, and both are good until each expires", async () => {
    const first = await requestToken();
    clock.advance(90 * 60_000 + 1000);
    const second = await requestToken();
    const codes = async (token: unknown) =>
      (await post(CARDS, "{}", { ...JSON_TYPE, authorization: `Bearer ${token}` })).json.code;

    expect(second.json.tenant_access_token).not.toBe(first.json.tenant_access_token);
    expect(second.json.expire).toBe(7200);
    expect(await codes(first.json.tenant_access_token)).toBe(99992402);
    clock.advance(30 * 60_000);
    expect(await codes(first.json.tenant_access_token)).toBe(99991663);
    expect(await codes(second.json.tenant_access_token)).toBe(99992402);
  });

  it.each([
    { name: "no secret", credentials: { app_secret: null }, code: 10003 },
    { name: "a secret that is no text", credentials: { app_secret: 1 }, code: 10003 },
    { name: "an empty id", credentials: { app_id: "" }, code: 10003 },
    { name: "an unknown id", credentials: { app_id: "cli_0000000000000000" }, code: 20002 },
    { name: "a wrong secret", credentials: { app_secret: "x" }, code: 10015 },
  ])("answers HTTP 200 and $code for $name", async ({ credentials, code }) => {
    const { status, json } = await requestToken(TOKEN, credentials);

    expect({ status, code: json.code, token: json.tenant_access_token }).toEqual({
      status: 200,
      code,
      token: undefined,
    });
  });

  it("never writes the secret into the request log", async () => {
    await requestToken();

    expect(JSON.stringify(emulator.requests())).not.toContain(emulator.credentials.appSecret);
  });
});

describe("given a call to the API", () => {
  it.each([
    { name: "no token", authorization: undefined, code: 99991661 },
    { name: "another scheme", authorization: "Basic dDp0", code: 99991661 },
    { name: "a token of no known kind", authorization: "Bearer x-123", code: 99991671 },
    { name: "a user's token", authorization: "Bearer u-123", code: 99991668 },
    { name: "an unknown token", authorization: "Bearer t-123", code: 99991663 },
    { name: "a forged token", authorization: `Bearer t-g0000018bcfe56800${"0".repeat(24)}`, code: 99991663 },
  ])("answers HTTP 400 and $code for $name", async ({ authorization, code }) => {
    const headers = { ...JSON_TYPE, ...(authorization === undefined ? {} : { authorization }) };

    expect(await post(CARDS, "{}", headers)).toMatchObject({ status: 400, json: { code } });
  });

  it("answers 99991663 for a token that was revoked, and takes a new one", async () => {
    const old = await createApiClient(emulator);
    emulator.revokeTokens();

    expect(await old.call("GET", "/open-apis/bot/v3/info")).toMatchObject({ code: 99991663 });
    const fresh = await createApiClient(emulator);
    expect(await fresh.call("GET", "/open-apis/bot/v3/info")).toMatchObject({ code: 0 });
  });

  it("takes a token that another emulator with the same app gave out", async () => {
    const other = createFeishuEmulator({ clock });
    const api = await createApiClient(other, { app: emulator.credentials });
    expect((await api.call("GET", "/open-apis/bot/v3/info")).code).toBe(0);

    const moved = await createApiClient(emulator, {
      fetch: (input, init) => (String(input).endsWith("internal") ? other : emulator).fetch(input, init),
    });

    expect(await moved.call("GET", "/open-apis/bot/v3/info")).toMatchObject({ code: 0 });
  });

  it.each([
    {
      name: "an unknown path",
      method: "GET",
      path: "/open-apis/cardkit/v9/cards",
      status: 404,
      code: 99991201,
    },
    { name: "a path outside the API", method: "GET", path: "/", status: 404, code: 99991201 },
    {
      name: "a path that cannot be decoded",
      method: "GET",
      path: `${CARDS}/%E0%A4%A`,
      status: 404,
      code: 99991201,
    },
    { name: "another method", method: "GET", path: CARDS, status: 405, code: 99991301 },
  ])("answers $code for $name", async ({ method, path, status, code }) => {
    const api = await createApiClient(emulator);

    expect(await api.call(method, path)).toMatchObject({ status, code });
  });

  it.each([
    { name: "no JSON", body: "{", type: "application/json" },
    { name: "an array", body: "[]", type: "application/json" },
    { name: "nothing", body: "", type: "application/json" },
    { name: "another content type", body: "{}", type: "text/plain" },
    {
      name: "JSON nested without end",
      body: `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
      type: "application/json",
    },
  ])("answers 9499 for a body of $name", async ({ body, type }) => {
    const token = (await requestToken()).json.tenant_access_token;
    const headers = { "content-type": type, authorization: `Bearer ${token}` };

    expect(await post(CARDS, body, headers)).toMatchObject({ status: 400, json: { code: 9499 } });
  });
});

describe("given several apps", () => {
  const create = { type: "card_json", data: JSON.stringify(streamingCard(markdown("answer"))) };

  it("answers 99991672 and names the scope that an app lacks", async () => {
    const limited = createFeishuEmulator({ apps: [{ scopes: ["im:message:send_as_bot"] }] });
    const api = await createApiClient(limited);

    const refused = await api.call("POST", CARDS, create);
    const allowed = await api.call("POST", "/open-apis/im/v1/messages?receive_id_type=chat_id", {
      receive_id: limited.chats.group,
      msg_type: "text",
      content: '{"text":"hi"}',
    });

    expect(refused).toMatchObject({ status: 400, code: 99991672 });
    expect(refused.body.error).toMatchObject({ permission_violations: [{ scope: "cardkit:card:write" }] });
    expect(allowed.code).toBe(0);
  });

  it("lets an app change only its own cards", async () => {
    const shared = createFeishuEmulator({ apps: [{}, { name: "Other" }] });
    const [, other] = shared.apps;
    const mine = await createApiClient(shared);
    const theirs = await createApiClient(shared, other === undefined ? {} : { app: other });
    const cardId = await mine.create(cardOf(markdown("answer")));

    const update = await theirs.settings(cardId, { streaming_mode: true }, 1);
    const send = theirs.send(cardId, shared.chats.group);

    expect(update).toMatchObject({ status: 400, code: 300311 });
    await expect(send).rejects.toThrow("ErrCode: 300311");
  });

  it("refuses an app that is not in use", async () => {
    const [first] = emulator.apps;
    const off = createFeishuEmulator({ clock, apps: [{ ...first, isEnabled: false }] });
    const api = await createApiClient(off, {
      fetch: (input, init) => (String(input).endsWith("internal") ? emulator : off).fetch(input, init),
    });

    expect(await api.call("GET", "/open-apis/bot/v3/info")).toMatchObject({ code: 99991662 });
  });

  it("refuses an app id of another form", () => {
    expect(() => createFeishuEmulator({ apps: [{ appId: "my-app" }] })).toThrow(TypeError);
  });
});
