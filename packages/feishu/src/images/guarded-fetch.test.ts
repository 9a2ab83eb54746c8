import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGuardedFetch, type GuardedFetchOptions } from "./guarded-fetch.ts";

const init = { redirect: "manual", headers: {}, signal: new AbortController().signal } as const;

let server: Server;
let port: number;
let hits = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    hits += 1;
    if (request.url === "/away") response.writeHead(302, { location: "http://elsewhere.test/" });
    response.end(`seen from ${request.socket.localAddress}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A guarded fetch for which this machine is on the public internet. */
function guarded(resolve: (host: string) => string[]) {
  const options: GuardedFetchOptions = {
    resolve: async (host) =>
      resolve(host).map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    isAllowed: (address) => address === "127.0.0.1",
  };
  const fetch = createGuardedFetch(options);
  if (fetch === undefined) throw new Error("The tests run in Node.js.");
  return fetch;
}

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.then(
    () => undefined,
    (thrown: { code?: string; cause?: { code?: string } }) => thrown,
  );
  return error?.code ?? error?.cause?.code;
}

describe("given a host on this machine or in its network", () => {
  it.each([
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "017700000001",
    "0177.0.0.1",
    "127.1",
    "0",
    "10.0.0.1",
    "169.254.169.254",
    "[::1]",
    "[fc00::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a00:1]",
    "[64:ff9b::127.0.0.1]",
    "localhost",
    "127.0.0.1.",
  ])("sends nothing to http://%s", async (host) => {
    const fetch = createGuardedFetch();
    const before = hits;
    expect(await codeOf(fetch?.(`http://${host}:${port}/`, init) ?? Promise.resolve())).toBe(
      "STREAMCARD_PRIVATE_ADDRESS",
    );
    expect(hits).toBe(before);
  });
});

describe("given a name", () => {
  it("reaches it where all of its addresses are public", async () => {
    const answer = await guarded(() => ["127.0.0.1"])(`http://cdn.test:${port}/`, init);
    const { value } = (await answer.body?.getReader().read()) ?? {};
    expect(new TextDecoder().decode(value)).toBe("seen from 127.0.0.1");
  });

  it("leaves a redirect to its caller", async () => {
    const answer = await guarded(() => ["127.0.0.1"])(`http://cdn.test:${port}/away`, init);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("http://elsewhere.test/");
  });

  it.each([[["10.0.0.1"]], [["127.0.0.1", "10.0.0.1"]], [["127.0.0.1", "::1"]], [[]]])(
    "refuses one that resolves to %j",
    async (addresses) => {
      const before = hits;
      const fetch = guarded(() => addresses);
      expect(await codeOf(fetch(`http://cdn.test:${port}/`, init))).toBe("STREAMCARD_PRIVATE_ADDRESS");
      expect(hits).toBe(before);
    },
  );

  it("goes to the address that was checked, whatever the name resolves to a moment later", async () => {
    let asked = 0;
    const fetch = guarded(() => {
      asked += 1;
      return asked === 1 ? ["127.0.0.1"] : ["10.0.0.1"];
    });
    const answer = await fetch(`http://rebind.test:${port}/`, init);
    const { value } = (await answer.body?.getReader().read()) ?? {};
    expect(new TextDecoder().decode(value)).toBe("seen from 127.0.0.1");
    expect(asked).toBe(1);
  });

  it("says when it does not resolve", async () => {
    const fetch = guarded(() => {
      throw Object.assign(new Error("no such host"), { code: "ENOTFOUND" });
    });
    expect(await codeOf(fetch(`http://cdn.test:${port}/`, init))).toBe("ENOTFOUND");
  });
});
