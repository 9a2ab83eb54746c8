import type { JsonObject, JsonValue } from "@streamcard/emulator";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { type FeishuMessage, feishuWebhook, memoryConversationStore } from "@streamcard/feishu/webhook";
import * as ai7 from "ai";
import * as ai6 from "ai6";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { cardDesk } from "./testing/card-desk.ts";
import { finish, type PortableModel, scriptedModel, text, toolCall } from "./testing/scripted-model.ts";

expectNoUnhandledRejections();

const inputSchema = z.object({ city: z.string() });

const input = JSON.stringify({ city: "北京" }, null, 2);

interface Asking {
  readonly model: PortableModel;
  readonly message: FeishuMessage;
  readonly signal: AbortSignal;
  readonly execute: (input: { city: string }) => Promise<string>;
}

const versions = [
  {
    version: "6",
    run: async ({ model, message, signal, execute }: Asking) =>
      ai6.streamText({
        model,
        messages: await message.history(),
        tools: { weather: ai6.tool({ inputSchema, needsApproval: true, execute }) },
        stopWhen: ai6.stepCountIs(3),
        abortSignal: signal,
      }),
  },
  {
    version: "7",
    run: async ({ model, message, signal, execute }: Asking) =>
      ai7.streamText({
        model,
        messages: await message.history(),
        tools: { weather: ai7.tool({ inputSchema, needsApproval: true, execute }) },
        stopWhen: ai7.stepCountIs(3),
        abortSignal: signal,
      }),
  },
];

/** Reads the values that the buttons of a card send back. */
function valuesIn(json: JsonValue | undefined): JsonObject[] {
  if (typeof json !== "object" || json === null) return [];
  if ("type" in json && json.type === "callback") return [json.value as JsonObject];
  return Object.values(json).flatMap((part) => valuesIn(part));
}

describe.each(versions)("given a bot on ai $version with a tool that needs approval", ({ version, run }) => {
  /** A person asks, and the card waits for them. */
  const asked = async () => {
    const desk = cardDesk();
    const { clock, emulator, feishu } = desk;
    const executed: string[] = [];
    const model = scriptedModel({
      clock,
      calls: [
        [...text("让我查一下。"), ...toolCall("weather"), finish("tool-calls")],
        [...text("北京是晴天。"), finish()],
        [...text("好的。"), finish()],
      ],
    });
    const execute = async ({ city }: { city: string }) => {
      executed.push(city);
      return "晴";
    };
    const conversations = memoryConversationStore();
    const runId = `approval-${version}-${Math.random()}`;
    let runs = 0;
    const webhook = feishuWebhook({
      feishu: { ...feishu, card: (options) => feishu.card({ ...options, runId: `${runId}-${runs++}` }) },
      clock,
      conversations,
      verificationToken: emulator.apps[0]?.verificationToken ?? "",
      onMessage: (message) => message.reply(({ signal }) => run({ model, message, signal, execute })),
    });
    emulator.subscribe({
      url: "https://bot.test/",
      fetch: (url, init) => webhook(new Request(url, init)),
    });
    const pass = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 20) {
        for (let turn = 0; turn < 6; turn += 1) await clock.advance(0);
        await clock.advance(20);
      }
    };
    emulator.say("北京天气怎么样？");
    await pass(2_000);
    const [asking] = emulator.cards();
    if (asking === undefined) throw new Error("Nothing was asked.");
    return {
      ...desk,
      executed,
      pass,
      decide: (action: "approve" | "deny") =>
        emulator.click(asking.messageId ?? "", {
          value: valuesIn(asking.json).find((value) => value.action === action) ?? {},
        }),
    };
  };

  it("carries the tool out once it is approved, and goes on on a new card", async () => {
    const { seen, blocks, executed, decide, pass } = await asked();
    expect(seen()).toMatchObject([{ texts: ["让我查一下。"], status: "等待处理" }]);
    expect(blocks()).toMatchObject([
      { tools: [{ line: "● weather · 等待批准", details: { 输入: input }, buttons: ["批准", "拒绝"] }] },
    ]);
    expect(executed).toEqual([]);
    decide("approve");
    await pass(3_000);
    expect(executed).toEqual(["北京"]);
    expect(seen()).toMatchObject([{ status: "已批准" }, { texts: ["北京是晴天。"], status: "已完成" }]);
    expect(blocks()[0]?.tools).toMatchObject([{ buttons: [] }]);
    expect(blocks()[1]).toMatchObject({
      order: ["tool", "text", "status", "actions"],
      tools: [{ line: "✓ weather", details: { 输入: input, 输出: "晴" } }],
    });
  });

  it("answers what the person writes instead of deciding, and carries out what they approve later", async () => {
    const { emulator, seen, executed, decide, pass } = await asked();
    emulator.say("算了，先说说上海。");
    await pass(3_000);
    expect(seen()).toMatchObject([{ status: "等待处理" }, { texts: ["北京是晴天。"], status: "已完成" }]);
    decide("approve");
    await pass(3_000);
    expect(executed).toEqual(["北京"]);
    expect(seen().at(-1)).toMatchObject({ texts: ["好的。"], status: "已完成" });
  });

  it("leaves it alone once it is denied, and goes on all the same", async () => {
    const { seen, blocks, executed, decide, pass } = await asked();
    decide("deny");
    await pass(3_000);
    expect(executed).toEqual([]);
    expect(seen().at(-1)).toMatchObject({ texts: ["北京是晴天。"], status: "已完成" });
    expect(blocks().at(-1)?.tools).toMatchObject([{ line: expect.stringMatching(/^✕ weather · 已拒绝/) }]);
  });
});
