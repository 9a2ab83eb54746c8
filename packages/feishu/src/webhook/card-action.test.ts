import { memoryConversationStore } from "@streamcard/bot";
import { platformError } from "@streamcard/emulator";
import { describe, expect, it } from "vitest";
import type { CardAction } from "../json/card-action-value.ts";
import { type DeskOptions, typed, webhookDesk } from "../testing/webhook-in-virtual-time.ts";
import type { FeishuMessage } from "./feishu-message.ts";
import type { Feedback, FeishuCardAction } from "./feishu-types.ts";

const SLOW = "慢慢地把答案一个字一个字地写出来";

/** A desk whose runs have known ids, and whose cards can be clicked on. */
function clickable(options: DeskOptions = {}) {
  const asked: FeishuMessage[] = [];
  const signals: AbortSignal[] = [];
  let count = 0;
  serial += 1;
  // The registry is the process's: no two tests may use the same id.
  const prefix = `run-${serial}`;
  const desk = webhookDesk({
    onMessage: (message) => {
      asked.push(message);
      return message.reply(({ signal }) => {
        signals.push(signal);
        return typed(SLOW, { ...desk, signal });
      });
    },
    nameRun: () => {
      count += 1;
      return `${prefix}-${count}`;
    },
    ...options,
  });
  const [lin, zhou] = desk.emulator.people.map(({ openId }) => openId);
  const runId = (run: number) => `${prefix}-${run}`;
  return {
    ...desk,
    asked,
    signals,
    runId,
    lin: lin ?? "",
    zhou: zhou ?? "",
    /** Somebody asks in the group, and the answer is under way. */
    async ask(): Promise<void> {
      desk.emulator.say({ text: "写点什么", chatId: desk.emulator.chats.group, from: lin ?? "" });
      await desk.pass(600);
    },
    press(action: CardAction, { by = lin ?? "", run = 1, named = runId(run) } = {}) {
      const messageId = desk.emulator.cards()[run - 1]?.messageId ?? "";
      const value = { streamcard: 1, run: named, card: 0, ...action };
      return desk.emulator.click(messageId, { value, from: by });
    },
  };
}

let serial = 0;

describe("given a reader who presses Stop", () => {
  it("aborts the run within 100 ms, and the card is finalized and says who it was (P2, P8)", async () => {
    const desk = clickable();
    await desk.ask();
    const pressedAt = desk.clock.now();
    let abortedAt = Number.NaN;
    desk.signals[0]?.addEventListener("abort", () => {
      abortedAt = desk.clock.now();
    });
    desk.press({ action: "stop" });
    await desk.pass(2_000);
    expect(abortedAt - pressedAt).toBeLessThanOrEqual(100);
    expect(desk.toast()).toBe("已停止");
    expect(desk.emulator.cards()).toMatchObject([{ streaming: false, finalizations: 1 }]);
    const status = desk.emulator.cards()[0]?.elements.find(({ elementId }) => elementId === "sc_status");
    expect(status?.content).toBe(
      `<font color='grey'>已由</font> <person id='${desk.lin}' show_name=true show_avatar=false style='normal'></person> <font color='grey'>停止</font>`,
    );
    expect(SLOW).toContain(desk.texts()[0]?.[0] ?? "nothing");
  });

  it("does nothing for others but tell them, unless they may", async () => {
    const desk = clickable();
    await desk.ask();
    desk.press({ action: "stop" }, { by: desk.zhou });
    await desk.pass(300);
    expect(desk.toast()).toBe("只有提问的人可以操作");
    expect(desk.signals[0]?.aborted).toBe(false);
    await desk.pass(5_000);
    expect(desk.texts()).toEqual([[SLOW]]);

    for (const mayAct of [
      "anyone",
      ({ askedBy }: { askedBy?: string | undefined }) => askedBy === desk.lin,
    ] as const) {
      const shared = clickable({ mayAct });
      await shared.ask();
      shared.press({ action: "stop" }, { by: shared.zhou });
      await shared.pass(300);
      expect(shared.toast()).toBe("已停止");
    }
  });

  it("is told where the app's own rule throws", async () => {
    const boom = new Error("boom");
    const desk = clickable({
      mayAct: () => {
        throw boom;
      },
    });
    await desk.ask();
    desk.press({ action: "stop" });
    await desk.pass(300);
    expect(desk.toast()).toBe("出错了，请稍后再试");
    expect(desk.errors).toEqual([boom]);
    expect(desk.signals[0]?.aborted).toBe(false);
  });

  it("tells who presses again, or too late, that it is over", async () => {
    const desk = clickable();
    await desk.ask();
    desk.press({ action: "stop" });
    desk.press({ action: "stop" });
    await desk.pass(2_000);
    expect(desk.toast()).toBe("已经停止了");
    desk.press({ action: "stop" });
    await desk.pass(200);
    expect(desk.toast()).toBe("已经停止了");
    await desk.ask();
    await desk.pass(6_000);
    desk.press({ action: "stop" }, { run: 2 });
    await desk.pass(200);
    expect(desk.toast()).toBe("这次回答已经结束了");
    desk.emulator.click(desk.emulator.cards()[0]?.messageId ?? "", {
      value: { streamcard: 1, run: "of-another-process", card: 0, action: "stop" },
    });
    await desk.pass(200);
    expect(desk.toast()).toBe("这张卡片已经过期，请重新提问");
  });
});

describe("given a reader who says what they think", () => {
  it("tells the app once for each opinion, and thanks", async () => {
    const feedback: Feedback[] = [];
    const desk = clickable({ onFeedback: (one) => feedback.push(one) });
    await desk.ask();
    await desk.pass(4_000);
    const toasts: unknown[] = [];
    for (const rating of ["up", "up", "down", "up"] as const) {
      desk.press({ action: "feedback", rating }, { by: desk.zhou });
      await desk.pass(200);
      toasts.push(desk.toast());
    }
    expect(toasts).toEqual(["谢谢你的反馈", "已经收到你的反馈了", "谢谢你的反馈", "谢谢你的反馈"]);
    expect(feedback.map(({ rating }) => rating)).toEqual(["up", "down", "up"]);
    expect(feedback[0]).toMatchObject({
      by: { openId: desk.zhou },
      runId: desk.runId(1),
      question: { text: "写点什么" },
      chatId: desk.emulator.chats.group,
    });
  });

  it("hears what is thought of a card of another process", async () => {
    const feedback: Feedback[] = [];
    const desk = clickable({ onFeedback: (one) => feedback.push(one) });
    await desk.ask();
    desk.press({ action: "feedback", rating: "down" }, { named: "of-another-process" });
    await desk.pass(200);
    expect(desk.toast()).toBe("谢谢你的反馈");
    expect(feedback).toMatchObject([{ rating: "down", runId: "of-another-process", question: undefined }]);
  });

  it("does not pretend where nobody listens", async () => {
    const desk = clickable();
    await desk.ask();
    desk.press({ action: "feedback", rating: "up" });
    await desk.pass(200);
    expect(desk.toast()).toBe("暂不支持这个操作");
  });
});

describe("given a reader who wants another answer", () => {
  it("answers the question again on a new card, and marks the old one", async () => {
    const desk = clickable();
    await desk.ask();
    desk.press({ action: "regenerate" });
    await desk.pass(200);
    expect(desk.toast()).toBe("还在回答中，请先停止");
    await desk.pass(5_000);
    desk.press({ action: "regenerate" });
    await desk.pass(200);
    expect(desk.toast()).toBe("正在重新回答");
    desk.press({ action: "regenerate" });
    await desk.pass(200);
    expect(desk.toast()).toBe("已经重新回答过了，请看新的卡片");
    await desk.pass(5_000);
    expect(desk.texts()).toEqual([[SLOW], [SLOW]]);
    const [old, fresh] = desk.emulator.cards();
    expect(old?.elements.map(({ content }) => content)).toContain("已重新回答，见新的卡片");
    expect(desk.emulator.messages().find(({ messageId }) => messageId === fresh?.messageId)?.parentId).toBe(
      desk.asked[0]?.id,
    );
    expect(desk.asked.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(await desk.asked[1]?.history()).toEqual([
      { role: "user", content: "写点什么" },
      { role: "assistant", content: SLOW },
    ]);
    expect(desk.errors).toEqual([]);
  });
});

const approvalRequest = (approvalId: string) => ({
  type: "tool-approval-request",
  approvalId,
  toolCallId: approvalId,
});
const waiting = (...approvalIds: string[]) => ({
  fullStream: new ReadableStream({
    start(controller) {
      for (const approvalId of approvalIds) {
        const toolCall = { toolCallId: approvalId, toolName: "send_mail" };
        controller.enqueue({ type: "tool-call", ...toolCall, input: {} });
        controller.enqueue({ type: "tool-approval-request", approvalId, toolCall });
      }
      controller.enqueue({ type: "finish", finishReason: "tool-calls" });
      controller.close();
    },
  }),
  responseMessages: [{ role: "assistant", content: approvalIds.map(approvalRequest) }],
});

describe("given an old card that is locked while it is to be marked", () => {
  it("is marked once it is free", async () => {
    const desk = clickable();
    await desk.ask();
    await desk.pass(5_000);
    const locked = desk.emulator.faults({ on: "batch", times: 2, answer: platformError(200810) });
    desk.press({ action: "regenerate" });
    await desk.pass(6_000);
    expect(locked.fired).toBe(2);
    expect(desk.emulator.cards()[0]?.elements.map(({ content }) => content)).toContain(
      "已重新回答，见新的卡片",
    );
    expect(desk.errors).toEqual([]);
  });
});

describe("given a run that asks for approval", () => {
  it("goes on with the decisions once all are made, on a new card that replies to the one that asked", async () => {
    const histories: unknown[][] = [];
    const seen: FeishuMessage[] = [];
    const desk = clickable({
      onMessage: async (message) => {
        seen.push(message);
        histories.push(await message.history());
        await message.reply(() =>
          seen.length === 1 ? (waiting("a-1", "a-2") as never) : typed("发好了", desk),
        );
      },
    });
    await desk.ask();
    await desk.pass(1_000);
    expect(desk.status()).toBe("等待处理");
    desk.press({ action: "approve", approvalId: "a-1" }, { by: desk.zhou });
    await desk.pass(200);
    expect(desk.toast()).toBe("只有提问的人可以操作");
    desk.press({ action: "approve", approvalId: "a-1" });
    await desk.pass(500);
    expect(desk.toast()).toBe("已批准");
    expect(seen).toHaveLength(1);
    desk.press({ action: "deny", approvalId: "a-1" });
    await desk.pass(200);
    expect(desk.toast()).toBe("已经处理过了");
    desk.press({ action: "deny", approvalId: "a-2" });
    await desk.pass(3_000);
    expect(desk.subscription.deliveries().at(-1)?.response).toMatchObject({ toast: { content: "已拒绝" } });
    expect(desk.texts().at(-1)).toEqual(["发好了"]);
    const [asking, resumed] = desk.emulator.cards();
    expect(desk.emulator.messages().find(({ messageId }) => messageId === resumed?.messageId)?.parentId).toBe(
      asking?.messageId,
    );
    expect(seen[1]?.decisions).toEqual([
      { approvalId: "a-1", isApproved: true },
      { approvalId: "a-2", isApproved: false },
    ]);
    const response = (approvalId: string, approved: boolean) => ({
      role: "tool",
      content: [{ type: "tool-approval-response", approvalId, approved }],
    });
    expect(histories[1]).toEqual([
      { role: "user", content: "写点什么" },
      { role: "assistant", content: [approvalRequest("a-1"), approvalRequest("a-2")] },
      response("a-1", true),
      response("a-2", false),
    ]);
  });
});

describe("given an approval that comes before the store has what asked for it", () => {
  it("goes on with all of it", async () => {
    const store = memoryConversationStore();
    const histories: unknown[][] = [];
    const desk = clickable({
      conversations: {
        read: (id) => store.read(id),
        write: async (id, turn) => {
          await desk.clock.sleep(1_000);
          await store.write(id, turn);
        },
      },
      onMessage: async (message) => {
        histories.push(await message.history());
        await message.reply(() => (histories.length === 1 ? waiting("a-1") : typed("好", desk)) as never);
      },
    });
    await desk.ask();
    while (desk.status() !== "等待处理") await desk.pass(20);
    desk.press({ action: "approve", approvalId: "a-1" });
    await desk.pass(6_000);
    expect(histories[1]?.slice(-2)).toEqual([
      { role: "assistant", content: [approvalRequest("a-1")] },
      { role: "tool", content: [{ type: "tool-approval-response", approvalId: "a-1", approved: true }] },
    ]);
  });
});

describe("given a component of the app's own", () => {
  const pressed = async (options: DeskOptions, ms = 400) => {
    const desk = clickable(options);
    await desk.ask();
    await desk.pass(5_000);
    const messageId = desk.emulator.cards()[0]?.messageId ?? "";
    desk.emulator.click(messageId, { value: { like: "it" }, formValue: { name: "林夏" } });
    await desk.pass(ms);
    return desk;
  };

  it("calls the app once for a click that arrives twice", async () => {
    const actions: FeishuCardAction[] = [];
    const desk = await pressed({ onCardAction: (action) => void actions.push(action) });
    const click = desk.emulator.click(desk.emulator.cards()[0]?.messageId ?? "", { value: { like: "it" } });
    await desk.pass(200);
    const replay = new Request("https://bot.test/", { method: "POST", body: JSON.stringify(click.event) });
    expect(await (await desk.webhook(replay)).json()).toEqual({});
    expect(actions).toHaveLength(2);
  });

  it("calls the app, and gives its answer", async () => {
    const actions: FeishuCardAction[] = [];
    const desk = await pressed({
      onCardAction: (action) => {
        actions.push(action);
        return { toast: { type: "success", content: "好的" } };
      },
    });
    expect(desk.toast()).toBe("好的");
    expect(actions).toMatchObject([
      { value: { like: "it" }, formValue: { name: "林夏" }, operator: { openId: desk.lin } },
    ]);
  });

  it("answers in time, however long the app takes", async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    let isDone = false;
    const onCardAction = async () => {
      await promise;
      isDone = true;
      return undefined;
    };
    const desk = await pressed({ onCardAction }, 3_000);
    expect(desk.subscription.deliveries().at(-1)).toMatchObject({ outcome: "accepted", response: {} });
    resolve(undefined);
    await desk.webhook.close();
    expect(isDone).toBe(true);
  });

  it("loses nothing of the answer while the platform refuses updates, until the click is answered", async () => {
    const desk = clickable({
      onCardAction: async () => {
        await desk.clock.sleep(2_000);
        return undefined;
      },
    });
    await desk.ask();
    desk.emulator.click(desk.emulator.cards()[0]?.messageId ?? "", { value: { own: true } });
    await desk.pass(8_000);
    const refused = desk.emulator.requests().filter(({ code }) => code === 200810);
    expect(refused.length).toBeGreaterThan(0);
    expect(desk.subscription.deliveries().at(-1)).toMatchObject({ outcome: "accepted" });
    expect(desk.texts()).toEqual([[SLOW]]);
    expect(desk.status()).toBe("已完成");
  });

  it("says that something went wrong where the app throws, at once or later", async () => {
    for (const onCardAction of [
      () => {
        throw new Error("boom");
      },
      () => Promise.reject(new Error("boom")),
    ]) {
      const desk = await pressed({ onCardAction });
      expect(desk.toast()).toBe("出错了，请稍后再试");
      expect(desk.errors).toMatchObject([{ message: "boom" }]);
    }
  });

  it("answers nothing where nobody listens, nor to a value that only looks like ours", async () => {
    const desk = await pressed({});
    expect(desk.subscription.deliveries().at(-1)).toMatchObject({ outcome: "accepted", response: {} });
    const forged = { streamcard: 1, run: desk.runId(1), card: 0, action: "feedback", rating: "11" };
    desk.emulator.click(desk.emulator.cards()[0]?.messageId ?? "", { value: forged });
    await desk.pass(200);
    expect(desk.subscription.deliveries().at(-1)).toMatchObject({ response: {} });
  });
});
