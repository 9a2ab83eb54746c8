import { describe, expect, it } from "vitest";
import { testBot, testMessage } from "./testing/test-bot.ts";

describe("given messages on a platform in memory", () => {
  it("answers a message on a card, and remembers the conversation", async () => {
    const histories: unknown[] = [];
    const desk = testBot({
      onMessage: async (message) => {
        histories.push(await message.history());
        await message.reply(`Answer to ${message.text}`);
      },
    });
    await desk.say(testMessage({ text: "One" }));
    await desk.say(testMessage({ id: "m2", text: "Two" }));
    await desk.clock.advance(5_000);
    expect(desk.answers()).toEqual(["Answer to One", "Answer to Two"]);
    expect(desk.platform.targets.map(({ replyTo }) => replyTo)).toEqual(["m1", "m2"]);
    expect(histories[1]).toEqual([
      { role: "user", content: "One" },
      { role: "assistant", content: "Answer to One" },
      { role: "user", content: "Two" },
    ]);
    expect(desk.errors).toEqual([]);
  });

  it("starts nothing twice for a message that is delivered twice", async () => {
    let count = 0;
    const desk = testBot({
      onMessage: () => {
        count += 1;
      },
    });
    await desk.say(testMessage());
    await desk.say(testMessage());
    await desk.clock.advance(100);
    expect(count).toBe(1);
  });

  it("reads no message where no handler answers, and answers none that the policy refuses", async () => {
    const read = async () => {
      throw new Error("read");
    };
    const silent = testBot();
    await silent.bot.message("m1", read, silent.scope);
    await silent.clock.advance(100);
    expect(silent.errors).toEqual([]);
    let count = 0;
    const strict = testBot({
      allowedUsers: ["bob"],
      onMessage: () => {
        count += 1;
      },
    });
    await strict.say(testMessage());
    await strict.clock.advance(100);
    expect(count).toBe(0);
  });

  it("says on a card that a handler failed, unless a card is there or may be", async () => {
    const boom = new Error("boom");
    const desk = testBot({
      onMessage: async (message) => {
        if (message.id === "m2") await message.reply("shown");
        if (message.id === "m3") expect(message.target.replyTo).toBe("m3");
        throw boom;
      },
    });
    for (const id of ["m1", "m2", "m3"]) await desk.say(testMessage({ id }));
    await desk.clock.advance(5_000);
    expect(desk.errors).toEqual([boom, boom, boom]);
    expect(desk.platform.targets.map(({ replyTo }) => replyTo)).toEqual(["m1", "m2"]);
    expect(desk.platform.cards[0]?.blocks.at(-1)).toMatchObject({ status: { end: { status: "failed" } } });
  });
});

describe("given a delivery store that is shared", () => {
  it("does the work of a claim that came too late, and asks for another delivery", async () => {
    let count = 0;
    const desk = testBot({
      deliveries: { claim: () => desk.clock.sleep(1_500).then(() => true) },
      onMessage: () => {
        count += 1;
      },
    });
    const delivered = desk.say(testMessage()).catch((error: Error) => error.message);
    await desk.clock.advance(1_000);
    expect(await delivered).toBe("The delivery store did not answer in time.");
    expect(count).toBe(0);
    await desk.clock.advance(500);
    expect(count).toBe(1);
  });

  it("throws what the store throws, and does nothing", async () => {
    const down = new Error("down");
    const desk = testBot({ deliveries: { claim: () => Promise.reject(down) }, onMessage: () => {} });
    await expect(desk.say(testMessage())).rejects.toBe(down);
    expect(desk.errors).toEqual([]);
  });

  it("keeps messages and other events apart", async () => {
    const done: string[] = [];
    const desk = testBot({ onMessage: () => done.push("message") });
    const event = () => desk.bot.event("m1", async () => void done.push("event"), desk.scope);
    await event();
    await desk.say(testMessage());
    await event();
    await desk.clock.advance(100);
    expect(done).toEqual(["event", "message"]);
  });
});

describe("given clicks on components of the app's own", () => {
  const own = { type: "own", action: "pick" } as const;

  it("gives the app's answer, once for each click", async () => {
    const { bot, scope } = testBot({ onCardAction: (action) => ({ text: `${action}ed` }) });
    expect(await bot.click("1", own, scope)).toEqual({ type: "own", body: { text: "picked" } });
    expect(await bot.click("1", own, scope)).toEqual({ type: "nothing" });
    expect(await bot.click("2", own, scope)).toEqual({ type: "own", body: { text: "picked" } });
  });

  it("gives nothing without a handler, or where it gives nothing", async () => {
    const without = testBot();
    expect(await without.bot.click("1", own, without.scope)).toEqual({ type: "nothing" });
    const silent = testBot({ onCardAction: () => undefined });
    expect(await silent.bot.click("1", own, silent.scope)).toEqual({ type: "nothing" });
  });

  it("says that a handler failed, and tells of the error", async () => {
    const boom = new Error("boom");
    const { bot, scope, clock, errors } = testBot({
      onCardAction: () => {
        throw boom;
      },
    });
    expect(await bot.click("1", own, scope)).toEqual({ type: "toast", answer: "failed" });
    await clock.advance(0);
    expect(errors).toEqual([boom]);
  });

  it("gives nothing where the handler takes longer than the answer may, and lets it go on", async () => {
    let isDone = false;
    const desk = testBot({
      onCardAction: async () => {
        await desk.clock.sleep(1_500);
        isDone = true;
        return { text: "late" };
      },
    });
    const answered = desk.bot.click("1", own, desk.scope);
    await desk.clock.advance(1_000);
    expect(await answered).toEqual({ type: "nothing" });
    await desk.clock.advance(500);
    expect(isDone).toBe(true);
  });

  it("says that the press failed where the app's rule throws", async () => {
    const boom = new Error("boom");
    const desk = testBot({
      onMessage: (message) => message.reply(() => desk.clock.sleep(5_000).then(() => "late")),
      mayAct: () => {
        throw boom;
      },
    });
    await desk.say(testMessage());
    await desk.clock.advance(500);
    expect(await desk.press({ action: "stop" })).toEqual({ type: "toast", answer: "failed" });
    await desk.clock.advance(0);
    expect(desk.errors).toEqual([boom]);
  });
});

describe("given a bot that is closed", () => {
  it("waits for the runs within its grace", async () => {
    const desk = testBot({
      onMessage: (message) => message.reply(() => desk.clock.sleep(1_000).then(() => "done")),
    });
    await desk.say(testMessage());
    await desk.clock.until(desk.bot.close(10_000));
    expect(desk.answers()).toEqual(["done"]);
  });

  it("aborts those that take longer, and finalizes their cards", async () => {
    const desk = testBot({ onMessage: (message) => message.reply(() => new Promise<string>(() => {})) });
    await desk.say(testMessage());
    await desk.clock.until(desk.bot.close(1_000));
    expect(desk.platform.targets[0]?.signal.aborted).toBe(true);
    expect(desk.platform.cards[0]?.isStreaming).toBe(false);
  });
});

describe("given the part of a bot that cards ask", () => {
  it("knows the questions that were asked, and whether opinions are taken", async () => {
    const desk = testBot({ onMessage: (message) => message.reply("Hi"), onFeedback: () => {} });
    await desk.say(testMessage());
    await desk.clock.advance(1_000);
    const { takesFeedback, knows } = desk.bot.clickListener;
    expect([takesFeedback, knows("m1"), knows("m2")]).toEqual([true, true, false]);
    expect(testBot().bot.clickListener.takesFeedback).toBe(false);
  });
});

describe("given options that can never work", () => {
  it.each([
    [{ onMessage: "reply" }, 'onMessage must be a function, received "reply"'],
    [{ onFeedback: 1 }, "onFeedback must be a function, received 1"],
    [{ whenBusy: "wait" }, 'whenBusy must be "queue", "replace" or "drop", received "wait"'],
    [{ mayAct: "all" }, 'mayAct must be "asker", "anyone" or a function, received "all"'],
    [{ allowedUsers: "ann" }, 'allowedUsers must be a list of ids, received "ann"'],
    [{ allowedChats: [1] }, "allowedChats must be a list of ids"],
    [{ maxRunMs: 0 }, "maxRunMs must be a number of milliseconds from 1 to 2147483647, received 0"],
    [{ maxRunMs: 2 ** 31 }, "received 2147483648"],
  ])("refuses %j", (options, words) => {
    expect(() => testBot(options as never)).toThrow(words);
  });
});
