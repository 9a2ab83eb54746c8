import { afterEach, describe, expect, it, vi } from "vitest";
import { createFeishu } from "../create-feishu.ts";
import { feishuCard } from "../feishu-card.ts";
import { resolveConfig } from "./feishu-config.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

function setEnv(values: Record<string, string>): void {
  for (const name of ["FEISHU_APP_ID", "FEISHU_APP_SECRET", "FEISHU_DOMAIN", "FEISHU_TO"])
    vi.stubEnv(name, values[name]);
}

const credentials = { FEISHU_APP_ID: "cli_1", FEISHU_APP_SECRET: "secret" };

describe("given credentials in the environment", () => {
  it.each([
    [undefined, "https://open.feishu.cn"],
    ["feishu", "https://open.feishu.cn"],
    ["lark", "https://open.larksuite.com"],
    ["http://127.0.0.1:4100/", "http://127.0.0.1:4100"],
  ])("takes the domain %s as %s", (domain, url) => {
    setEnv({ ...credentials, ...(domain !== undefined && { FEISHU_DOMAIN: domain }) });
    expect(resolveConfig({})).toEqual({
      domain: url,
      appId: "cli_1",
      access: { appId: "cli_1", appSecret: "secret" },
    });
  });

  it("prefers options", () => {
    setEnv(credentials);
    expect(resolveConfig({ appId: "cli_2", appSecret: "other", domain: "lark" })).toMatchObject({
      domain: "https://open.larksuite.com",
      appId: "cli_2",
    });
  });
});

describe("given an environment without credentials", () => {
  it("makes a client without complaint, and says what is missing at the first card", () => {
    setEnv({ FEISHU_APP_ID: " " });
    const feishu = createFeishu();
    expect(() => feishu.card({ to: "oc_1" })).toThrow("set FEISHU_APP_ID and FEISHU_APP_SECRET");
    expect(() => feishu.card({ to: "oc_1" })).toThrow(expect.objectContaining({ code: "feishu-config" }));
  });

  it("names the one that is missing", () => {
    setEnv({ FEISHU_APP_ID: "cli_1" });
    expect(() => resolveConfig({})).toThrow("set FEISHU_APP_SECRET,");
  });

  it("says that a card needs a target before it asks for credentials", () => {
    setEnv({});
    expect(() => feishuCard()).toThrow("A card needs a target");
  });
});

describe("given a domain that is none", () => {
  it.each(["feishuu", "ftp://open.feishu.cn", ""])("refuses the option %j at once", (domain) => {
    expect(() => createFeishu({ domain })).toThrow(`received ${JSON.stringify(domain)}`);
  });

  it("refuses the environment's at the first card", () => {
    setEnv({ ...credentials, FEISHU_DOMAIN: "open.feishu.cn" });
    const feishu = createFeishu();
    expect(() => feishu.card({ to: "oc_1" })).toThrow(
      'FEISHU_DOMAIN must be "feishu", "lark" or an http(s) URL',
    );
  });
});

describe("given the official SDK's client", () => {
  const tokenManager = { getTenantAccessToken: async () => "t-lent" };

  it("takes over its domain and credentials", () => {
    const client = { appId: "cli_3", appSecret: "lent", domain: "https://open.larksuite.com", tokenManager };
    expect(resolveConfig({ client })).toEqual({
      domain: "https://open.larksuite.com",
      appId: "cli_3",
      access: { appId: "cli_3", appSecret: "lent" },
    });
  });

  it("borrows the token of one that has no secret", async () => {
    const { access } = resolveConfig({
      client: { appId: "cli_3", domain: "https://open.feishu.cn", tokenManager },
    });
    expect("token" in access && (await access.token())).toBe("t-lent");
  });

  it("refuses what is no client, and a client beside credentials", () => {
    expect(() => createFeishu({ client: {} })).toThrow("must be a Client of @larksuiteoapi/node-sdk");
    const client = { appId: "cli_3", domain: "https://open.feishu.cn", tokenManager };
    expect(() => createFeishu({ client, appId: "cli_1" })).toThrow("received both");
  });
});
