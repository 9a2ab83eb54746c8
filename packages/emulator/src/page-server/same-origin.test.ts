import { describe, expect, it } from "vitest";
import { isOwnHost, isSameOrigin } from "./same-origin.ts";

describe("given the name that a request addresses the emulator by", () => {
  it.each([
    { host: "127.0.0.1:7788", listensOn: "127.0.0.1", isOwn: true },
    { host: "localhost:7788", listensOn: "127.0.0.1", isOwn: true },
    { host: "demo.localhost:7788", listensOn: "127.0.0.1", isOwn: true },
    { host: "[::1]:7788", listensOn: "::1", isOwn: true },
    { host: "192.168.1.7:7788", listensOn: "0.0.0.0", isOwn: true },
    { host: "devbox.lan", listensOn: "devbox.lan", isOwn: true },
    { host: "rebound.example.com:7788", listensOn: "127.0.0.1", isOwn: false },
    { host: "localhost.example.com", listensOn: "127.0.0.1", isOwn: false },
    { host: "", listensOn: "127.0.0.1", isOwn: false },
    { host: undefined, listensOn: "127.0.0.1", isOwn: false },
  ])("takes $host for its own while it listens on $listensOn: $isOwn", ({ host, listensOn, isOwn }) => {
    expect(isOwnHost(host, listensOn)).toBe(isOwn);
  });
});

describe("given where a request says that it comes from", () => {
  const host = "127.0.0.1:7788";

  it.each([
    { from: "the page", origin: `http://${host}`, fetchSite: "same-origin", isAllowed: true },
    {
      from: "the page, in a browser that says less",
      origin: `http://${host}`,
      fetchSite: undefined,
      isAllowed: true,
    },
    { from: "no website", origin: undefined, fetchSite: undefined, isAllowed: true },
    { from: "the address bar", origin: undefined, fetchSite: "none", isAllowed: true },
    { from: "another website", origin: "https://example.com", fetchSite: "cross-site", isAllowed: false },
    {
      from: "another website that says less",
      origin: "https://example.com",
      fetchSite: undefined,
      isAllowed: false,
    },
    {
      from: "another port of this machine",
      origin: "http://127.0.0.1:3000",
      fetchSite: "same-site",
      isAllowed: false,
    },
    { from: "a sandboxed frame", origin: "null", fetchSite: undefined, isAllowed: false },
    { from: "an image on another website", origin: undefined, fetchSite: "cross-site", isAllowed: false },
  ])("answers a request of $from: $isAllowed", ({ origin, fetchSite, isAllowed }) => {
    expect(isSameOrigin({ host, origin, fetchSite })).toBe(isAllowed);
  });
});
