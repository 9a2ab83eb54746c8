import { describe, expect, it } from "vitest";
import type { ImageFetch } from "./image-fetch.ts";
import { type ImageOptions, readImageOptions } from "./image-options.ts";

const guarded: ImageFetch = async () => ({ status: 404, headers: { get: () => null }, body: null });

function isAllowed(options: ImageOptions | undefined, url: string): boolean {
  return readImageOptions(options, guarded).isAllowed(new URL(url));
}

describe("given the hosts whose images are drawn", () => {
  it.each([
    [["cdn.example.com"], "https://cdn.example.com/x.png", true],
    [["CDN.example.com"], "https://cdn.EXAMPLE.com/x.png", true],
    [["cdn.example.com"], "https://evil.example/cdn.example.com", false],
    [["cdn.example.com"], "https://cdn.example.com.evil.example/x.png", false],
    [["cdn.example.com"], "https://a.cdn.example.com/x.png", false],
    [["cdn.example.com"], "https://cdn.example.com:8443/x.png", false],
    [["cdn.example.com:8443"], "https://cdn.example.com:8443/x.png", true],
    [["cdn.example.com"], "http://cdn.example.com/x.png", false],
    [["cdn.example.com"], "https://user:secret@cdn.example.com/x.png", false],
    [["cdn.example.com"], "ftp://cdn.example.com/x.png", false],
    [["*.example.com"], "https://a.example.com/x.png", true],
    [["*.example.com"], "https://a.b.example.com/x.png", true],
    [["*.example.com"], "https://example.com/x.png", false],
    [["*.example.com"], "https://notexample.com/x.png", false],
    [["*.图片.中国"], "https://甲.图片.中国/x.png", true],
    [[], "https://cdn.example.com/x.png", false],
    [(url: URL) => url.pathname.endsWith(".png"), "https://any.example/x.png", true],
    [(url: URL) => url.pathname.endsWith(".png"), "https://any.example/x.gif", false],
    [
      () => {
        throw new Error("broken");
      },
      "https://any.example/x.png",
      false,
    ],
  ])("%j: %s is %s", (allowedHosts, url, allowed) => {
    expect(isAllowed({ allowedHosts }, url)).toBe(allowed);
  });

  it("draws none unless it is told to", () => {
    expect(isAllowed(undefined, "https://cdn.example.com/x.png")).toBe(false);
  });

  it("lets http through where that is asked for", () => {
    const options = { allowedHosts: ["cdn.example.com"], allowHttp: true };
    expect(isAllowed(options, "http://cdn.example.com/x.png")).toBe(true);
    expect(isAllowed(options, "ftp://cdn.example.com/x.png")).toBe(false);
  });
});

describe("given options that can never work", () => {
  it.each([
    ["https://cdn.example.com/"],
    ["*"],
    ["cdn.*.com"],
    ["*.*.com"],
    ["cdn.example.com/path"],
    [""],
    [7],
  ])("refuses the host %j, and says so", (host) => {
    const allowedHosts = [host] as string[];
    expect(() => readImageOptions({ allowedHosts }, guarded)).toThrow(
      `images.allowedHosts takes hosts such as "cdn.example.com" and "*.example.com", received ${JSON.stringify(host)}.`,
    );
  });

  it("refuses what is no list, no function and no object", () => {
    const allowedHosts = "cdn.example.com" as unknown as string[];
    expect(() => readImageOptions({ allowedHosts }, guarded)).toThrow(
      'a list of hosts or a function, received "cdn.example.com"',
    );
    expect(() => readImageOptions(true as unknown as ImageOptions, guarded)).toThrow(
      "images must be an object",
    );
    const fetch = "fetch" as unknown as ImageFetch;
    expect(() => readImageOptions({ fetch }, guarded)).toThrow(
      'images.fetch must be a function, received "fetch"',
    );
  });

  it("needs a fetch where the runtime has none that is safe", () => {
    const allowedHosts = ["cdn.example.com"];
    expect(() => readImageOptions({ allowedHosts }, undefined)).toThrow("needs images.fetch in this runtime");
    expect(readImageOptions({ allowedHosts, fetch: guarded }, undefined).fetch).toBe(guarded);
    expect(readImageOptions({}, undefined).fetch).toBe(undefined);
  });
});
