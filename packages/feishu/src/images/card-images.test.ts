import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type CardSnapshot,
  type FaultAnswer,
  platformError,
  rateLimited,
  serverError,
  startFeishuEmulator,
} from "@streamcard/emulator";
import { describe, expect, it } from "vitest";
import { createFeishu } from "../create-feishu.ts";
import { feishuInVirtualTime } from "../testing/feishu-in-virtual-time.ts";
import { seenCard } from "../testing/seen-card.ts";
import type { ImageFetch } from "./image-fetch.ts";

const gif = (content = "") => Uint8Array.from(`GIF89a\x01\0\x01\0${content}`, (char) => char.charCodeAt(0));
const host = "https://cdn.example.com";

/** A web of images, and a card that may show those of one host. */
function setUp(
  files: Readonly<Record<string, Uint8Array | number>> = {},
  options?: Parameters<typeof feishuInVirtualTime>[0],
) {
  const virtual = feishuInVirtualTime({ latency: () => ({ requestMs: 5, responseMs: 5 }), ...options });
  const { clock, emulator, feishu, to } = virtual;
  const fetched: string[] = [];
  const fetch: ImageFetch = async (url) => {
    fetched.push(url);
    await clock.sleep(20);
    const file = files[new URL(url).pathname] ?? 404;
    return typeof file === "number"
      ? new Response(null, { status: file })
      : new Response(Uint8Array.from(file));
  };
  const errors: unknown[] = [];
  const images = { allowedHosts: ["cdn.example.com"], fetch };
  return {
    ...virtual,
    fetched,
    errors,
    open: (own: object = {}) =>
      feishu.card({ to, images, onDeliveryError: (error) => errors.push(error), ...own }),
    uploads: () => emulator.requests().filter(({ operation }) => operation === "image"),
  };
}

const key = /^img_v3_\w+$/;

function imagesIn(text: string): string[] {
  return [...text.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, target = ""]) => target);
}

describe("given images of a host that is allowed", () => {
  it("draws them, and shows all others as links", async () => {
    const { open, until, texts, errors, uploads, fetched } = setUp({ "/cat.png": gif() });
    const card = open();
    card.push(`你看 ![猫](${host}/cat.png "Mia") 和 ![狗](https://other.example/dog.png)。`);
    const result = await until(card.finish());
    const [text = ""] = texts()[0] ?? [];
    const [target = ""] = imagesIn(text);
    expect(target).toMatch(key);
    expect(text).toBe(`你看 ![猫](${target}) 和 [狗](https://other.example/dog.png)。`);
    expect(fetched).toEqual([`${host}/cat.png`]);
    expect(uploads()).toMatchObject([{ body: { image_type: "message", size: gif().length }, applied: true }]);
    expect(result).toMatchObject({ status: "finished", delivery: "card", finalizedBy: "changes" });
    expect(errors).toEqual([]);
  });

  it("uploads each content once, for two cards at once, two places and 200 mentions", async () => {
    const { open, until, emulator, uploads, fetched } = setUp({ "/a.gif": gif(), "/copy.gif": gif() });
    const cards = [open(), open()];
    for (const card of cards) card.push(`![a](${host}/a.gif) ![b](${host}/copy.gif)\n\n`.repeat(100));
    await until(Promise.all(cards.map((card) => card.finish())));
    const third = open();
    third.push(`![a](${host}/a.gif)`);
    await until(third.finish());
    expect(uploads()).toHaveLength(1);
    // The content of a place may change: each card looks for itself, once.
    expect(fetched).toHaveLength(5);
    const targets = emulator.cards().flatMap((snapshot) => seenCard(snapshot).texts.flatMap(imagesIn));
    expect(targets).toHaveLength(401);
    expect(new Set(targets).size).toBe(1);
  });

  it("draws the bytes that a run produced, whatever is allowed", async () => {
    const { open, until, texts, uploads } = setUp();
    const card = open({ images: undefined });
    const data = `data:image/png;base64,${Buffer.from(gif("x".repeat(50_000))).toString("base64")}`;
    const text = `图表：![销售](${data})\n\n如上。`;
    for (let at = 0; at < text.length; at += 1_000) card.push(text.slice(at, at + 1_000));
    expect(await until(card.finish())).toMatchObject({ delivery: "card", text });
    expect(texts()[0]?.join("")).toMatch(/^图表：!\[销售\]\(img_v3_\w+\)\n\n如上。$/);
    expect(uploads()).toHaveLength(1);
  });

  it("draws what a model generated, and uploads it once with what the text says of it", async () => {
    const { open, until, emulator, uploads } = setUp();
    const base64 = Buffer.from(gif()).toString("base64");
    const card = open();
    card.push({ type: "file", file: { mediaType: "image/png", base64, uint8Array: gif() } });
    card.push({ type: "file", file: { mediaType: "image/png", url: `data:image/png;base64,${base64}` } });
    card.push(`![again](data:image/gif;base64,${base64})`);
    await until(card.finish());
    expect(uploads()).toHaveLength(1);
    const elements = JSON.stringify(emulator.cards()[0]?.json);
    expect(elements.match(/"img_key":"img_v3_\w+"/g)).toHaveLength(2);
    expect(elements).toMatch(/!\[again\]\(img_v3_\w+\)/);
  });

  it("has nothing to do with images that are keys already", async () => {
    const { open, until, texts, uploads, emulator } = setUp();
    const own = emulator.addImage();
    const card = open();
    card.push(`![x](${own})`);
    await until(card.finish());
    expect(texts()).toEqual([[`![x](${own})`]]);
    expect(uploads()).toEqual([]);
  });

  it("asks for the scope by its name where it is missing, and goes on without images", async () => {
    const scopes = ["cardkit:card:write", "im:message:send_as_bot"];
    const { open, until, texts, errors } = setUp({ "/cat.png": gif() }, { apps: [{ scopes }] });
    const card = open();
    card.push(`![猫](${host}/cat.png)`);
    expect(await until(card.finish())).toMatchObject({ delivery: "card" });
    expect(texts()).toEqual([[`[猫](${host}/cat.png)`]]);
    expect(errors).toMatchObject([{ platformCode: 99991672 }]);
    expect(String(errors[0])).toContain("im:resource");
  });
});

describe("given an image that cannot be drawn", () => {
  const tooLarge = new Uint8Array(10 * 1024 * 1024 + 1);
  tooLarge.set(gif());

  it.each([
    ["gone", 404, "image-unreachable"],
    ["of a host that fails", 503, "image-unreachable"],
    ["that is a page", new TextEncoder().encode("<html>"), "image-format"],
    ["that is a drawing of its own", new TextEncoder().encode("<svg xmlns=''/>"), "image-format"],
    ["without content", new Uint8Array(), "image-format"],
    ["of more than 10 MB", tooLarge, "image-too-large"],
  ])("is a link and told once: one %s", async (_name, file, code) => {
    const { open, until, texts, errors, uploads, warnings, fetched } = setUp({ "/x.png": file });
    const card = open();
    card.push(`a ![x](${host}/x.png?token=secret) b ![x](${host}/x.png?token=secret)`);
    expect(await until(card.finish())).toMatchObject({ status: "finished", delivery: "card" });
    const link = `[x](${host}/x.png?token=secret)`;
    expect(texts()).toEqual([[`a ${link} b ${link}`]]);
    expect(errors).toMatchObject([{ code }]);
    expect(warnings).toHaveLength(1);
    expect(`${warnings} ${errors}`).not.toContain("secret");
    expect(fetched).toHaveLength(1);
    expect(uploads()).toHaveLength(0);
  });

  it.each([234001, 234006, 234007, 234011, 234039, 234041, 234042])(
    "is a link when the platform answers %d",
    async (code) => {
      const { open, until, texts, errors, emulator, uploads } = setUp({ "/x.png": gif() });
      emulator.faults({ on: "image", answer: platformError(code) });
      const card = open();
      card.push(`![x](${host}/x.png)`);
      await until(card.finish());
      expect(texts()).toEqual([[`[x](${host}/x.png)`]]);
      expect(errors).toMatchObject([{ platformCode: code, isRetryable: false, outcome: "refused" }]);
      expect(String(errors[0])).toContain(`Uploading the image ${host}/x.png failed`);
      expect(uploads()).toHaveLength(1);
    },
  );

  it("is a link when the platform fails", async () => {
    const { open, until, texts, errors, emulator, uploads } = setUp({ "/x.png": gif() });
    emulator.faults({ on: "image", times: Number.POSITIVE_INFINITY, answer: serverError(502) });
    const card = open();
    card.push(`![x](${host}/x.png)`);
    await until(card.finish());
    expect(texts()).toEqual([[`[x](${host}/x.png)`]]);
    expect(errors).toMatchObject([{ code: "feishu-transport" }]);
    expect(uploads()).toHaveLength(1);
  });

  it("is a link after three seconds when its host is slow, and the run is not slowed", async () => {
    const virtual = setUp();
    const { open, clock, texts, status } = virtual;
    const fetch: ImageFetch = () => new Promise(() => {});
    const card = open({ images: { allowedHosts: ["cdn.example.com"], fetch } });
    card.push(`a ![x](${host}/x.png) b`);
    const startedAt = clock.now();
    const result = await virtual.until(card.finish());
    expect(clock.now() - startedAt).toBeLessThan(3_800);
    expect(result).toMatchObject({ status: "finished", delivery: "card" });
    expect(texts()).toEqual([[`a [x](${host}/x.png) b`]]);
    expect(status()).toBeDefined();
  });

  it("is not waited for by a reader who presses Stop, and let go of", async () => {
    const { open, clock, texts, until, emulator, errors } = setUp();
    const signals: AbortSignal[] = [];
    const fetch: ImageFetch = (_, { signal }) => {
      signals.push(signal);
      return new Promise(() => {});
    };
    const card = open({ images: { allowedHosts: ["cdn.example.com"], fetch } });
    card.push(`a ![x](${host}/x.png) b`);
    await clock.advance(500);
    const stoppedAt = clock.now();
    await until(card.stop("reader"));
    expect(clock.now() - stoppedAt).toBeLessThan(300);
    expect(texts()).toEqual([[`a [x](${host}/x.png) b`]]);
    expect(emulator.cards().map(seenCard)[0]?.status).toContain("停止");
    await clock.advance(20_000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(errors).toEqual([]);
  });

  it("is tried again by the next card", async () => {
    const { open, until, emulator, uploads } = setUp({ "/x.png": gif() });
    emulator.faults({ on: "image", answer: platformError(234042) });
    for (const card of [open(), open()]) {
      card.push(`![x](${host}/x.png)`);
      await until(card.finish());
    }
    expect(uploads()).toHaveLength(2);
    expect(imagesIn(seenCard(emulator.cards()[1] as CardSnapshot).texts.join(""))).toHaveLength(1);
  });
});

describe("given a platform that takes no images for a moment", () => {
  it.each([
    ["232096", platformError(232096)],
    ["too many requests", rateLimited({ resetSeconds: 0 })],
  ] satisfies [string, FaultAnswer][])("tries again: %s", async (_name, answer) => {
    const { open, until, texts, errors, emulator, uploads } = setUp({ "/x.png": gif() });
    emulator.faults({ on: "image", times: 2, answer });
    const card = open();
    card.push(`![x](${host}/x.png)`);
    await until(card.finish());
    expect(texts()[0]?.join("")).toMatch(/^!\[x\]\(img_v3_\w+\)$/);
    expect(errors).toEqual([]);
    expect(uploads()).toHaveLength(3);
  });

  it("gives up the third time", async () => {
    const { open, until, texts, errors, emulator, uploads } = setUp({ "/x.png": gif() });
    emulator.faults({ on: "image", times: Number.POSITIVE_INFINITY, answer: platformError(232096) });
    const card = open();
    card.push(`![x](${host}/x.png)`);
    await until(card.finish());
    expect(texts()).toEqual([[`[x](${host}/x.png)`]]);
    expect(errors).toMatchObject([{ platformCode: 232096 }]);
    expect(uploads()).toHaveLength(3);
  });
});

describe("given hosts that are allowed but lie within", () => {
  it("asks nothing of this machine or its network, in no way to write it", async () => {
    let hits = 0;
    const server = createServer((_, response) => {
      hits += 1;
      response.end(gif());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const hosts =
      "127.0.0.1 localhost 2130706433 0x7f.1 017700000001 [::1] [::ffff:127.0.0.1] 169.254.169.254 10.0.0.1 [fc00::1]";
    const urls = hosts.split(" ").map((name) => `http://${name}:${port}/x.png`);
    const { open, until, texts, errors } = setUp();
    const card = open({ images: { allowedHosts: () => true, allowHttp: true } });
    card.push(urls.map((url) => `![x](${url})`).join("\n"));
    await until(card.finish());
    server.close();
    expect(hits).toBe(0);
    expect(texts()[0]?.join("")).toBe(urls.map((url) => `[x](${url})`).join("\n"));
    // Four of them are the same address, and told of once.
    expect(errors.map((error) => (error as { code: string }).code)).toEqual(
      urls.slice(3).map(() => "image-private-address"),
    );
  });
});

describe("given a platform at the other end of a socket", () => {
  it("uploads the very bytes", async () => {
    const emulator = await startFeishuEmulator();
    const feishu = createFeishu({ ...emulator.credentials, domain: emulator.url, handleSignals: false });
    const card = feishu.card({ to: emulator.chats.group });
    const bytes = gif(String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code)));
    card.push(`![x](data:image/gif;base64,${Buffer.from(bytes).toString("base64")})`);
    expect(await card.finish()).toMatchObject({ delivery: "card" });
    const [target = ""] = imagesIn(seenCard(emulator.cards()[0] as CardSnapshot).texts.join(""));
    const { tenant_access_token: token } = await fetch(
      `${emulator.url}/open-apis/auth/v3/tenant_access_token/internal`,
      {
        method: "POST",
        body: JSON.stringify({
          app_id: emulator.credentials.appId,
          app_secret: emulator.credentials.appSecret,
        }),
        headers: { "content-type": "application/json" },
      },
    ).then((answer) => answer.json());
    const image = await fetch(`${emulator.url}/open-apis/im/v1/images/${target}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(new Uint8Array(await image.arrayBuffer())).toEqual(bytes);
    await feishu.close();
    await emulator.close();
  });
});

describe("given many images", () => {
  it("makes four at once", async () => {
    let under = 0;
    let most = 0;
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`/${n}.gif`, gif(String(n))]));
    const { open, until, clock, emulator } = setUp();
    const fetch: ImageFetch = async (url) => {
      under += 1;
      most = Math.max(most, under);
      await clock.sleep(50);
      under -= 1;
      return new Response(Uint8Array.from(files[new URL(url).pathname] ?? gif()));
    };
    const card = open({ images: { allowedHosts: ["cdn.example.com"], fetch } });
    card.push(
      Object.keys(files)
        .map((path) => `![x](${host}${path})\n\n`)
        .join(""),
    );
    await until(card.finish());
    expect(most).toBe(4);
    const targets = emulator.cards().flatMap((snapshot) => seenCard(snapshot).texts.flatMap(imagesIn));
    expect(new Set(targets).size).toBe(40);
  });
});
