import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "@streamcard/core/driver";
import { ManualClock } from "@streamcard/core/testing";
import { afterEach, describe, expect, it } from "vitest";
import { type Download, downloadImage } from "./download-image.ts";
import { createGuardedFetch } from "./guarded-fetch.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A host of images; every name but `inside.test` is one of its own, on the public internet. */
async function serve(listener: RequestListener) {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(`${request.headers.host?.split(":")[0]}${request.url}`);
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const fetch = createGuardedFetch({
    resolve: async (host) => [{ address: host === "inside.test" ? "10.0.0.1" : "127.0.0.1", family: 4 }],
    isAllowed: (address) => address === "127.0.0.1",
  });
  if (fetch === undefined) throw new Error("The tests run in Node.js.");
  return {
    port,
    paths,
    download: (path = "/x.png?sig=secret", options: Partial<Download> = {}) =>
      downloadImage(new URL(`http://cdn.test:${port}${path}`), {
        fetch,
        isAllowed: () => true,
        clock: systemClock,
        signal: new AbortController().signal,
        ...options,
      }),
  };
}

describe("given a host of images", () => {
  it("gives the bytes", async () => {
    const { download } = await serve((_, response) => response.end(Buffer.from([1, 2, 3])));
    expect(await download()).toEqual(Uint8Array.of(1, 2, 3));
  });

  it("is followed to other places, three times at most", async () => {
    const { download, paths, port } = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end("image");
      else
        response
          .writeHead(302, { location: left === 1 ? `http://other.test:${port}/0` : `/${left - 1}` })
          .end();
    });
    expect(await download("/3")).toHaveLength(5);
    expect(paths).toEqual(["cdn.test/3", "cdn.test/2", "cdn.test/1", "other.test/0"]);
    await expect(download("/4")).rejects.toMatchObject({
      code: "image-unreachable",
      message: expect.stringContaining("moved more than 3 times"),
    });
  });

  it.each([
    "http://127.0.0.2/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://167772161/",
    "http://inside.test/",
  ])("is not followed to %s", async (location) => {
    const { download, paths } = await serve((_, response) => response.writeHead(302, { location }).end());
    await expect(download()).rejects.toMatchObject({ code: "image-private-address" });
    expect(paths).toHaveLength(1);
  });

  it("is not followed to a host that is not allowed", async () => {
    const { download, paths, port } = await serve((_, response) =>
      response.writeHead(302, { location: `http://other.test:${port}/` }).end(),
    );
    const isAllowed = ({ hostname }: URL) => hostname === "cdn.test";
    await expect(download("/", { isAllowed })).rejects.toMatchObject({ code: "image-not-allowed" });
    expect(paths).toEqual(["cdn.test/"]);
  });

  it.each([404, 500, 503, 204, 304])(
    "that answers %d is told with its URL, but without the query",
    async (status) => {
      const { download, port } = await serve((_, response) => response.writeHead(status).end());
      await expect(download()).rejects.toMatchObject({
        code: "image-unreachable",
        message: `Showing the image http://cdn.test:${port}/x.png failed: its host answered ${status}. It is left as a link, or as its description.`,
      });
    },
  );

  it("is not read beyond 10 MB, whatever it said before", async () => {
    let written = 0;
    const { download } = await serve((_, response) => {
      const chunk = Buffer.alloc(1024 * 1024);
      const write = () => {
        written += chunk.length;
        if (written < 100 * 1024 * 1024) response.write(chunk, write);
      };
      write();
    });
    await expect(download()).rejects.toMatchObject({ code: "image-too-large" });
    expect(written).toBeLessThan(40 * 1024 * 1024);
  });

  it("is not read at all where it says that it has more", async () => {
    const { download } = await serve((_, response) => {
      response.writeHead(200, { "content-length": 10 * 1024 * 1024 + 1 }).write("x");
    });
    await expect(download()).rejects.toMatchObject({ code: "image-too-large" });
  });

  it("has ten seconds for all of it", async () => {
    const clock = new ManualClock();
    const { download, paths } = await serve((_, response) => response.writeHead(200).write("x"));
    const image = download("/", { clock });
    image.catch(() => {});
    await expect.poll(() => paths).toHaveLength(1);
    await clock.advance(10_000);
    await expect(image).rejects.toMatchObject({
      code: "image-unreachable",
      message: expect.stringContaining("did not come within 10000 ms"),
    });
  });

  it("tells a connection that breaks by its code alone", async () => {
    const { download } = await serve((request) => request.socket.destroy());
    await expect(download()).rejects.toMatchObject({
      message: expect.stringContaining("could not be reached (UND_ERR_SOCKET)"),
    });
  });
});
