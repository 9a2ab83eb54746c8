import { type CardResult, CardStream } from "@streamcard/core";
import { ManualClock, type RecordedCard, RecordingDriver } from "@streamcard/core/testing";
import { Bot } from "../bot.ts";
import type { BotOptions } from "../bot-options.ts";
import type { ButtonAction } from "../clicks/button-press.ts";
import { RunRegistry } from "../clicks/run-registry.ts";
import { conversationIdOf } from "../history/conversation-id.ts";
import type { Answer, BotPlatform, MarkedCard } from "../platform/bot-platform.ts";
import type { BotMessage, PlatformTypes } from "../platform/platform-types.ts";

/** A person of the test platform, with two ids. */
interface TestPerson {
  readonly id: string;
  readonly alias?: string;
}

export interface TestMessage extends BotMessage {
  readonly sender: TestPerson & { readonly isBot: boolean };
}

interface TestTarget {
  readonly replyTo: string;
  readonly askedBy: string;
  readonly signal: AbortSignal;
}

/** Types of a platform in memory. */
export interface TestTypes extends PlatformTypes {
  message: TestMessage;
  person: TestPerson;
  target: TestTarget;
  cardAction: string;
  cardAnswer: { readonly text: string };
}

/** Makes a message from a person called `ann`, in a direct chat. */
export function testMessage(fields: Partial<TestMessage> = {}): TestMessage {
  const message = {
    id: "m1",
    text: "Hello",
    resources: [],
    chatId: "c1",
    chatType: "direct" as const,
    sender: { id: "ann", isBot: false },
    mentionsBot: false,
    ...fields,
  };
  const conversationId = conversationIdOf({ ...message, senderId: message.sender.id });
  return { conversationId, ...message };
}

/** Cards in memory, made one after the other as `run-1`, `run-2` and so on. */
class TestPlatform implements BotPlatform<TestTypes> {
  readonly targets: TestTarget[] = [];
  readonly marks: MarkedCard[] = [];
  readonly #clock: ManualClock;
  readonly #runs: RunRegistry;
  readonly #drivers: RecordingDriver[] = [];

  constructor(clock: ManualClock, runs: RunRegistry) {
    this.#clock = clock;
    this.#runs = runs;
  }

  get cards(): readonly RecordedCard[] {
    return this.#drivers.flatMap((driver) => driver.cards);
  }

  idsOf({ id, alias }: TestPerson): readonly string[] {
    return alias === undefined ? [id] : [id, alias];
  }

  targetOf({ message, replyTo, signal }: Answer<TestMessage>): TestTarget {
    return { replyTo, askedBy: message.sender.id, signal };
  }

  openCard(target: TestTarget): CardStream {
    this.targets.push(target);
    const driver = new RecordingDriver({ clock: this.#clock });
    this.#drivers.push(driver);
    const card = new CardStream({ driver, clock: this.#clock, signal: target.signal });
    const { replyTo, askedBy } = target;
    const ids = { runId: `run-${this.#drivers.length}`, replyTo, askedBy };
    this.#runs.add(ids, card);
    void card.result.then((result) => this.#runs.settle(ids, result));
    return card;
  }

  async markCard(card: MarkedCard): Promise<void> {
    this.marks.push(card);
  }
}

/** A bot on a platform in memory, whose time a test moves on. */
export function testBot(options: BotOptions<TestTypes> = {}) {
  const clock = new ManualClock();
  const runs = new RunRegistry();
  const platform = new TestPlatform(clock, runs);
  const errors: unknown[] = [];
  const bot = new Bot<TestTypes>({
    platform,
    options: { clock, onError: (error) => errors.push(error), ...options },
    runs,
    deliveryTtlMs: 60_000,
  });
  let clicks = 0;
  const scope = { answerMs: 1_000 };
  return {
    bot,
    clock,
    errors,
    platform,
    scope,
    /** Delivers a message. */
    say: (message: TestMessage, key = message.id) => bot.message(key, async () => message, scope),
    /** Presses a button of the run's first card. */
    press(button: ButtonAction, { runId = "run-1", by = "ann" }: { runId?: string; by?: string } = {}) {
      clicks += 1;
      const press = {
        button,
        runId,
        cardIndex: 0,
        buttonsId: "row-1",
        by: { id: by },
        messageId: "card-message",
        chatId: "c1",
      };
      return bot.click(`click-${clicks}`, { type: "button", press }, scope);
    },
    /** Texts of the cards' answers, in the order of the cards. */
    answers: () =>
      platform.cards.map(({ blocks }) =>
        blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])).join(""),
      ),
  };
}

/** A result of a run, as a card tells it. */
export function testResult(fields: Partial<CardResult> = {}): CardResult {
  return {
    status: "finished",
    delivery: "card",
    text: "",
    cards: [{ cardId: "card-1", messageId: "message-1" }],
    metrics: { totalMs: 0, calls: 0, bytes: 0 },
    ...fields,
  };
}
