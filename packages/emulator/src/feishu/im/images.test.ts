import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../ground/json.ts";
import { createFeishuEmulator } from "../emulator/create-feishu-emulator.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import { createApiClient } from "../testing/api-client.ts";
import { sniffImage } from "./image-format.ts";

const IMAGES = "/open-apis/im/v1/images";
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const GIF = bytes("GIF89a\x01\x00\x01\x00");
const png = (width: number, height: number): Uint8Array<ArrayBuffer> => {
  const image = new Uint8Array(24);
  image.set(bytes("\x89PNG\r\n\x1a\n"));
  const view = new DataView(image.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return image;
};

describe("given the first bytes of a file", () => {
  it.each([
    { format: "jpeg", head: "\xff\xd8\xff\xe0" },
    { format: "png", head: "\x89PNG\r\n\x1a\n" },
    { format: "webp", head: "RIFF\x00\x00\x00\x00WEBPVP8" },
    { format: "gif", head: "GIF87a" },
    { format: "bmp", head: "BM\x00\x00" },
    { format: "ico", head: "\x00\x00\x01\x00\x01" },
    { format: "tiff", head: "II*\x00" },
    { format: "tiff", head: "MM\x00*" },
    { format: "heic", head: "\x00\x00\x00\x18ftypheic" },
    { format: undefined, head: "<svg xmlns=" },
    { format: undefined, head: "" },
  ])("sees $format", ({ format, head }) => {
    expect(sniffImage(bytes(head))?.format).toBe(format);
  });
});

describe("given an image to upload", () => {
  let emulator: FeishuEmulator;
  let authorization: string;

  beforeEach(async () => {
    emulator = createFeishuEmulator({ apps: [{}, {}] });
    authorization = await tokenOf(0);
  });

  async function tokenOf(index: number): Promise<string> {
    const app = emulator.apps[index] ?? emulator.credentials;
    const response = await emulator.fetch(`${emulator.url}/open-apis/auth/v3/tenant_access_token/internal`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ app_id: app.appId, app_secret: app.appSecret }),
    });
    const json: JsonObject = await response.json();
    return `Bearer ${String(json.tenant_access_token)}`;
  }

  async function post(body: BodyInit, headers: Record<string, string> = {}) {
    const response = await emulator.fetch(`${emulator.url}${IMAGES}`, {
      method: "POST",
      headers: { authorization, ...headers },
      body,
    });
    const json: JsonObject = await response.json();
    return { status: response.status, json };
  }

  function upload(image: Uint8Array<ArrayBuffer>, imageType = "message") {
    const form = new FormData();
    form.append("image_type", imageType);
    form.append("image", new Blob([image]), "image");
    return post(form);
  }

  it("answers a key under which the app finds it again", async () => {
    const { json } = await upload(GIF);
    const key = json.data;
    const imageKey =
      typeof key === "object" && key !== null && "image_key" in key ? String(key.image_key) : "";

    const response = await emulator.fetch(`${emulator.url}${IMAGES}/${imageKey}`, {
      headers: { authorization },
    });

    expect(imageKey).toMatch(/^img_v3_/);
    expect(response.headers.get("content-type")).toBe("image/gif");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(GIF);
    expect(emulator.requests().find(({ operation }) => operation === "image")?.body).toEqual({
      image_type: "message",
      size: GIF.length,
    });
  });

  it("lets another app neither download nor show it", async () => {
    const imageKey = emulator.addImage();
    const [, other] = emulator.apps;
    const api = await createApiClient(emulator, other === undefined ? {} : { app: other });

    expect(await api.call("GET", `${IMAGES}/${imageKey}`)).toMatchObject({ status: 401, code: 234002 });
    const card = { schema: "2.0", body: { elements: [{ tag: "markdown", content: `![x](${imageKey})` }] } };
    await expect(api.create(card)).rejects.toThrow("200570");
  });

  it.each([
    { name: "nothing in it", image: new Uint8Array(), imageType: "message", code: 234010 },
    { name: "no image in it", image: bytes("hello"), imageType: "message", code: 234011 },
    { name: "another purpose", image: GIF, imageType: "banner", code: 234001 },
    {
      name: "more than 10 MB",
      image: new Uint8Array(10 * 1024 * 1024 + 1),
      imageType: "message",
      code: 234006,
    },
    { name: "12,001 pixels", image: png(12_001, 1), imageType: "message", code: 234039 },
    { name: "an avatar of 4,097 pixels", image: png(1, 4_097), imageType: "avatar", code: 234039 },
    {
      name: "a GIF of 2,001 pixels",
      image: bytes("GIF89a\xd1\x07\x01\x00"),
      imageType: "message",
      code: 234039,
    },
    { name: "a message image of 4,097 pixels", image: png(1, 4_097), imageType: "message", code: 0 },
  ])("answers $code for $name", async ({ image, imageType, code }) => {
    const { status, json } = await upload(image, imageType);

    expect({ status, code: json.code }).toEqual({ status: code === 0 ? 200 : 400, code });
  });

  it.each([
    { name: "no form", body: "{}", type: "application/json" },
    { name: "a form without a boundary", body: "x", type: "multipart/form-data" },
    {
      name: "a form that never ends",
      body: '--b\r\nContent-Disposition: form-data; name="image"\r\n\r\nx',
      type: "multipart/form-data; boundary=b",
    },
    { name: "a part without headers", body: "--b\r\nx\r\n--b--", type: "multipart/form-data; boundary=b" },
    {
      name: "a form without an image",
      body: '--b\r\nContent-Disposition: form-data; name="image_type"\r\n\r\nmessage\r\n--b--',
      type: "multipart/form-data; boundary=b",
    },
    { name: "an empty body", body: "", type: "multipart/form-data; boundary=b" },
  ])("answers 234001 for $name", async ({ body, type }) => {
    expect(await post(body, { "content-type": type })).toMatchObject({ status: 400, json: { code: 234001 } });
  });

  it("answers 234001 for an unknown key", async () => {
    const api = await createApiClient(emulator);

    expect(await api.call("GET", `${IMAGES}/img_v3_none`)).toMatchObject({ code: 234001 });
  });
});
