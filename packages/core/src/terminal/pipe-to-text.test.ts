import { describe, expect, it } from "vitest";
import { InvalidOptionError } from "../errors.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { scriptedSource } from "../testing/scripted-source.ts";
import { pipeToText, toPlainText } from "./pipe-to-text.ts";

async function* weather() {
  yield { type: "tool-call", toolCallId: "1", toolName: "weather", input: { city: "北京" } } as const;
  yield { type: "tool-result", toolCallId: "1", output: { sky: "晴" } } as const;
  yield { type: "text-delta", id: "1", text: "北京今天晴。\n" } as const;
  yield { type: "source", sourceType: "url", id: "s", url: "https://a.example/", title: "天气" } as const;
}

async function* streamOf<Chunk>(chunks: readonly Chunk[]) {
  yield* chunks;
}

describe("given a run that is wanted as plain text", () => {
  it("is its answer, its tool calls in lines and its sources", async () => {
    expect(await toPlainText(weather())).toBe(
      "✓ weather\n\n北京今天晴。\n\n1 个来源\n1. 天气 https://a.example/",
    );
    expect(await toPlainText(weather(), { tools: "hide", sources: false })).toBe("北京今天晴。\n");
    expect(await toPlainText(weather(), { tools: { titles: { weather: "查天气" } }, sources: false })).toBe(
      "✓ 查天气\n\n北京今天晴。\n",
    );
  });

  it("is the answer alone, code point for code point, where there is nothing else", async () => {
    const answer = "1<b>**\n```\n\\<at id=all></at>![](x)\n# 🌈\r\n| a |\n";
    expect(await toPlainText(streamOf([...answer]))).toBe(answer);
    expect(await toPlainText(streamOf([]))).toBe("[已完成，没有内容]");
  });

  it("takes results, promises and functions, as a card does", async () => {
    const result = { fullStream: streamOf([{ type: "text-delta", id: "1", text: "ok" }]) };
    const steps = [{ content: [{ type: "text", text: "ok" }], finishReason: "stop" }];
    expect(await toPlainText(result)).toBe("ok");
    expect(await toPlainText(Promise.resolve({ text: "ok", finishReason: "stop", steps }))).toBe("ok");
    expect(await toPlainText(({ signal }) => streamOf([`${signal.aborted}`]))).toBe("false");
  });

  it("tells several runs one after the other", async () => {
    const sources = { gpt: () => streamOf(["one ", "two"]), qwen: weather() };
    expect(await toPlainText(sources, { sources: false, lanes: { titles: { qwen: "通义千问" } } })).toBe(
      "── gpt ──\n\none two\n\n── 通义千问 ──\n\n✓ weather\n\n北京今天晴。\n",
    );
  });

  it("says how a run ended that was not well", async () => {
    const failing = async function* () {
      yield "half";
      throw new Error("secret");
    };
    expect(await toPlainText(failing(), { locale: "en-US" })).toBe(
      "half\n\n[Something went wrong; the answer may be incomplete]",
    );
    const clock = new ManualClock();
    const silent = new ReadableStream<string>({ start: (controller) => controller.enqueue("half") });
    const timeouts = { idleMs: 1_000 };
    expect(await clock.until(toPlainText(silent, { clock, timeouts, locale: "en-US" }))).toBe(
      "half\n\n[Timed out; the answer may be incomplete]",
    );
  });

  it.each([
    [{ locale: "fr" }, 'locale must be "zh-CN", "en-US" or "ja-JP"'],
    [{ tools: 7 }, "tools must be"],
  ])("refuses options that can never work: %o", async (options, message) => {
    const refused = toPlainText(weather(), options as object);
    await expect(refused).rejects.toThrow(InvalidOptionError);
    await expect(refused).rejects.toThrow(message);
  });

  it("refuses what is no source", async () => {
    await expect(toPlainText(42 as never)).rejects.toThrow(/received/);
  });
});

describe("given a run that is piped to where text can be appended", () => {
  it("writes it while it goes on, and tells how it went", async () => {
    const clock = new ManualClock();
    const writes: string[] = [];
    const source = scriptedSource(clock, [
      { afterMs: 100, chunk: "天" },
      { afterMs: 200, chunk: "空" },
    ]);
    const running = pipeToText(source, { write: (text) => writes.push(text), clock });
    await clock.advance(150);
    expect(writes).toEqual(["天"]);
    expect(await clock.until(running)).toMatchObject({ status: "finished", delivery: "card", text: "天空" });
    expect(writes.join("")).toBe("天空");
  });

  it("is stopped by the caller's signal, and so is the run", async () => {
    const { signal, abort } = withAbort();
    let seen: AbortSignal | undefined;
    const writes: string[] = [];
    const running = pipeToText(
      (run) => {
        seen = run.signal;
        return new ReadableStream<string>({ start: (controller) => controller.enqueue("half") });
      },
      { write: (text) => writes.push(text), signal, locale: "en-US" },
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    abort();
    expect(await running).toMatchObject({ status: "stopped", reason: "aborted" });
    expect(seen?.aborted).toBe(true);
    expect(writes.join("")).toBe("half\n\n[Stopped]");
  });
});

function withAbort() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
