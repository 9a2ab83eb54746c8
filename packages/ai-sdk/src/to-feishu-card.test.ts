import { createFeishu } from "@streamcard/feishu";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cardDesk } from "./testing/card-desk.ts";
import { majors } from "./testing/majors.ts";
import { boom, play } from "./testing/scenarios.ts";
import { toFeishuCard } from "./to-feishu-card.ts";

expectNoUnhandledRejections();

function streamOf(text: string): ReadableStream<string> {
  return new Blob([text]).stream().pipeThrough(new TextDecoderStream());
}

const errorStatus = "出错了，内容可能不完整";

describe("given a function that starts the run", () => {
  it("opens the card while the run starts, and waits for neither", async () => {
    const desk = cardDesk();
    const order: string[] = [];
    const fetch: typeof globalThis.fetch = (...request) => {
      order.push("card");
      return desk.emulator.fetch(...request);
    };
    const feishu = createFeishu({ ...desk.emulator.credentials, domain: desk.emulator.url, fetch });
    const run = () => {
      order.push("run");
      return streamOf("好");
    };
    void toFeishuCard(run, { to: desk.to, feishu });
    order.push("caller");
    await new Promise(setImmediate);
    expect(order.toSorted()).toEqual(["caller", "card", "run"]);
    expect(order[0]).toBe("caller");
  });

  it.each<[string, () => never]>([
    [
      "that throws",
      () => {
        throw boom;
      },
    ],
    ["that rejects", () => Promise.reject(boom) as never],
  ])("shows the failure of one %s on the card", async (_name, run) => {
    const desk = cardDesk();
    const result = await desk.clock.until(toFeishuCard(run, { to: desk.to, feishu: desk.feishu }));
    expect(result).toMatchObject({ status: "failed", error: boom });
    expect(desk.seen()).toMatchObject([{ texts: [], status: errorStatus, finalizations: 1 }]);
  });

  it("says on the result what one returned that forgot to return its run", async () => {
    const desk = cardDesk();
    const result = await desk.clock.until(
      toFeishuCard((() => {}) as never, { to: desk.to, feishu: desk.feishu }),
    );
    expect(result).toMatchObject({ status: "failed", error: { code: "invalid-option" } });
    expect(String(result.error)).toContain("received undefined");
    expect(desk.seen()).toMatchObject([{ status: errorStatus, finalizations: 1 }]);
  });

  it("does not call one whose signal is aborted already", async () => {
    const desk = cardDesk();
    const run = vi.fn();
    const options = { to: desk.to, feishu: desk.feishu, signal: AbortSignal.abort("too late") };
    const result = await desk.clock.until(toFeishuCard(run, options));
    expect(result).toMatchObject({ status: "stopped", error: "too late", delivery: "card" });
    expect(run).not.toHaveBeenCalled();
  });

  it("does not wait for one that never gives a run", async () => {
    const desk = cardDesk();
    let given: AbortSignal | undefined;
    const result = toFeishuCard(
      ({ signal }) => {
        given = signal;
        return new Promise<never>(() => {});
      },
      { to: desk.to, feishu: desk.feishu, timeouts: { firstTokenMs: 3_000 } },
    );
    expect(await desk.clock.until(result)).toMatchObject({ status: "stopped", reason: "timeout" });
    expect(given?.aborted).toBe(true);
  });
});

describe.each(majors)("given a run of ai $version that goes silent", (major) => {
  it("is stopped by the card's time limit", async () => {
    const desk = cardDesk();
    const { options, model } = play(desk, "an abort for a string");
    const result = await desk.clock.until(
      toFeishuCard(({ signal }) => major.streamText({ ...options, abortSignal: signal }), {
        to: desk.to,
        feishu: desk.feishu,
        timeouts: { idleMs: 2_000 },
      }),
    );
    expect(result).toMatchObject({ status: "stopped", reason: "timeout", text: "你好，世" });
    expect(model.signals[0]?.aborted).toBe(true);
  });
});

describe("given a whole answer as text", () => {
  it.each<[string, Parameters<typeof toFeishuCard>[0]]>([
    ["by itself", "天空是蓝色的。"],
    ["by a function", () => "天空是蓝色的。"],
    ["by a promise", Promise.resolve("天空是蓝色的。")],
  ])("shows it, given %s", async (_name, source) => {
    const desk = cardDesk();
    const result = await desk.clock.until(toFeishuCard(source, { to: desk.to, feishu: desk.feishu }));
    expect(result).toMatchObject({ status: "finished", delivery: "card", text: "天空是蓝色的。" });
    expect(desk.seen()).toMatchObject([{ texts: ["天空是蓝色的。"], status: "已完成", finalizations: 1 }]);
  });
});

describe("given what can never work", () => {
  it.each<[unknown, string]>([
    [undefined, "received undefined"],
    [null, "received null"],
    [42, "received number"],
    [{}, "received an object with the keys (none)"],
    [{ title: "天空", body: "蓝色" }, "received an object with the keys title, body"],
    [{ one: () => "天空", other: "蓝色" }, '"other" is string'],
    [{ error: { message: "no such model" } }, "Show a failure with card.fail(error)"],
    [{ id: "1", choices: [{ message: { content: "天空" } }] }, "Pass the text of a whole answer as a string"],
    [{ answer: 1, usage: 2 }, "received an object with the keys answer, usage"],
    [new Response("text"), "received an instance of Response"],
    [["a", "b"], "received a list"],
  ])("refuses a source that is none, and opens no card: %o", async (source, message) => {
    const desk = cardDesk();
    expect(() => toFeishuCard(source as never, { to: desk.to, feishu: desk.feishu })).toThrow(message);
    await desk.clock.advance(1_000);
    expect(desk.emulator.requests()).toEqual([]);
  });

  it("refuses a target that is none, and leaves the run alone", async () => {
    const desk = cardDesk();
    const run = vi.fn();
    expect(() => toFeishuCard(run, { to: "om_1", feishu: desk.feishu })).toThrow("replyTo");
    expect(() => toFeishuCard(Promise.reject(boom), { feishu: desk.feishu })).toThrow("needs a target");
    const { options } = play(desk, "a dead socket");
    const [major] = majors;
    const source = major?.streamText(options) ?? {};
    expect(() => toFeishuCard(source as never, { to: "", feishu: desk.feishu })).toThrow();
    await desk.clock.advance(1_000);
    expect(run).not.toHaveBeenCalled();
    expect(desk.emulator.requests()).toEqual([]);
  });

  it("says on the result what a promise was kept with", async () => {
    const desk = cardDesk();
    const source = Promise.resolve(42) as never;
    const result = await desk.clock.until(toFeishuCard(source, { to: desk.to, feishu: desk.feishu }));
    expect(String(result.error)).toContain("received number");
    expect(desk.seen()).toMatchObject([{ status: errorStatus, finalizations: 1 }]);
  });
});

describe("given no app and no credentials", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("names what is missing, as feishuCard() does", () => {
    vi.stubEnv("FEISHU_APP_ID", "");
    vi.stubEnv("FEISHU_APP_SECRET", "");
    expect(() => toFeishuCard(streamOf("a"), { to: "oc_1" })).toThrow("FEISHU_APP_ID");
    vi.stubEnv("FEISHU_TO", "");
    expect(() => toFeishuCard(streamOf("a"))).toThrow("needs a target");
  });
});
