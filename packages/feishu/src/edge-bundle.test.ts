import { build } from "esbuild";
import { describe, expect, it } from "vitest";

/** Bundles an entry as a runtime without Node's modules does. Fails where one of them is reached. */
async function bundle(entry: string, conditions: string[]) {
  const result = await build({
    entryPoints: [`${import.meta.dirname}/${entry}`],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2024",
    conditions,
    metafile: true,
    logLevel: "silent",
    // What the workspace's own packages resolve to; they are TypeScript until they are published.
    loader: { ".ts": "ts" },
  });
  return { text: result.outputFiles[0]?.text ?? "", inputs: Object.keys(result.metafile.inputs) };
}

describe.each(["edge-light", "workerd"])("given a bundle for %s", (condition) => {
  it.each(["index.ts", "webhook/index.ts"])(
    "has neither undici nor a module of Node.js: %s",
    async (entry) => {
      const { text, inputs } = await bundle(entry, [condition]);
      expect(inputs.filter((path) => /undici|ipaddr/.test(path))).toEqual([]);
      expect(text).not.toMatch(/\bfrom\s*["']node:|import\(\s*["'](?:node:|undici)|require\(/);
      expect(inputs.some((path) => path.endsWith("fetch-transport.ts"))).toBe(true);
    },
  );

  it("fetches no images unless it is told how", async () => {
    const { text } = await bundle("index.ts", [condition]);
    const { createFeishu } = await import(
      `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`
    );
    const feishu = createFeishu({ appId: "cli_1", appSecret: "s", handleSignals: false });
    const images = { allowedHosts: ["cdn.example.com"] };
    expect(() => feishu.card({ to: "oc_1", images })).toThrow("images.allowedHosts needs images.fetch");
  });

  it("answers a signed and encrypted challenge", async () => {
    const { text } = await bundle("webhook/index.ts", [condition]);
    const { feishuWebhook } = await import(
      `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`
    );
    // The worked vector of the platform's page on encryption.
    const encrypt =
      "AAECAwQFBgcICQoLDA0ODzaZLG88r12GT3VZ/fbPxHmDrUTqmtQtLqT8GP+L4MfURnljOuAXtUbJk42RFLCasqSwj1AirUkCasie4N0W9u0ZXJKs7d9FCzlZdS1QM5jR";
    const request = new Request("https://bot.test/", { method: "POST", body: JSON.stringify({ encrypt }) });
    const response: Response = await feishuWebhook({ encryptKey: "kudryavka" })(request);
    expect(await response.json()).toEqual({ challenge: "ch-0001" });
  });
});

describe("given a bundle for Node.js", () => {
  it("would have what the edge must not: the check sees it", async () => {
    await expect(bundle("webhook/index.ts", [])).rejects.toThrow("Could not resolve");
  });
});
