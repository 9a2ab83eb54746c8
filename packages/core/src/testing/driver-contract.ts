import type { CardBlock, StatusBlock, TextBlock } from "../contract/card-block.ts";
import type { CardDriver, CardWrite } from "../contract/card-driver.ts";

/** Card as a reader of the platform sees it. */
export interface ReadCard {
  /** Texts of the answer in order, as they stand on the card. */
  readonly texts: readonly string[];
  /** The card tells the state of the run. A platform that takes nothing back tells its end alone. */
  readonly hasStatus: boolean;
  /** The card takes further text. */
  readonly isStreaming: boolean;
  /** Line in the chat list; absent where there is no such list. */
  readonly summary?: string;
}

/** Driver and platform under test. */
export interface DriverContractOptions {
  /** Makes a driver for a new run. Required. */
  createDriver(): CardDriver;
  /** Reads a card from the platform's side, never from the driver. Required. */
  readCard(cardId: string): ReadCard | Promise<ReadCard>;
}

/** Rule that every driver keeps, for any test runner. */
export interface ContractRule {
  /** Title of the test. */
  readonly title: string;
  /** Runs the test. Rejects when the driver breaks the rule. */
  run(): Promise<void>;
}

/** Time in which a platform in the same process has opened a card. */
const OPENING_MS = 50;

const thinking: StatusBlock = { type: "status", id: "status", status: { phase: "thinking" } };
const finished: StatusBlock = {
  type: "status",
  id: "status",
  status: { phase: "ended", end: { status: "finished" }, hasText: true },
};
const text = (id: string, content: string): TextBlock => ({ type: "text", id, text: content });

/**
 * Makes the rules that core relies on in a driver.
 *
 * @example
 * for (const { title, run } of driverContract(options)) it(title, run);
 */
export function driverContract({ createDriver, readCard }: DriverContractOptions): readonly ContractRule[] {
  async function open(blocks: readonly CardBlock[]) {
    const driver = createDriver();
    const card = await driver.open({ blocks, cardIndex: 0, attempt: 0 });
    const write = (change: CardWrite) => card.write(change);
    return { driver, card, write, read: async () => readCard(card.cardId) };
  }
  const { structure, text: streaming } = createDriver().profile;
  const isAppending = streaming === "append";
  /** A platform that takes nothing back shows no state that may still change. */
  const saysThinking = !isAppending;

  const rules: ContractRule[] = [
    {
      title: "opens a card that streams and shows its status",
      async run() {
        const { card, read } = await open([thinking]);
        check(card.cardId !== "" && card.messageId !== "", "The card has no ids.");
        expectEqual(await read(), { texts: [], hasStatus: saysThinking, isStreaming: true });
      },
    },
    {
      title: "opens a card with the text that is there already",
      async run() {
        const { read } = await open([text("text-1", "天空是蓝色的")]);
        expectEqual(await read(), { texts: ["天空是蓝色的"], hasStatus: false, isStreaming: true });
      },
    },
    {
      title: "replaces the status by text in one write, and streams the text on",
      async run() {
        const { write, read } = await open([thinking]);
        await write({
          type: "structure",
          changes: [
            { type: "insert", block: text("text-1", "天"), before: "status" },
            { type: "remove", id: "status" },
          ],
        });
        expectEqual(await read(), { texts: ["天"], hasStatus: false, isStreaming: true });
        await write({ type: "text", block: text("text-1", "天空\n\n") });
        expectEqual(await read(), { texts: ["天空\n\n"], hasStatus: false, isStreaming: true });
      },
    },
    {
      title: "shows all blocks after a replacement, and streams on",
      async run() {
        const { write, read } = await open([thinking]);
        await write({ type: "replace", blocks: [text("text-1", "one"), thinking] });
        await write({ type: "text", block: text("text-1", "one two") });
        expectEqual(await read(), { texts: ["one two"], hasStatus: saysThinking, isStreaming: true });
      },
    },
    ...(["changes", "replace", "close"] as const).map((how) => ({
      title: `finalizes a card (${how})`,
      async run() {
        const shown = [text("text-1", "one")];
        const { write, read } = await open(shown);
        const blocks = [text("text-1", "one two"), finished];
        await write({
          type: "finalize",
          how,
          blocks,
          changes: [
            { type: "update", block: text("text-1", "one two") },
            { type: "insert", block: finished },
          ],
          summary: "one two",
        });
        const { texts, isStreaming, summary } = await read();
        check(!isStreaming, "The card still streams.");
        check(summary?.includes("one two") ?? isAppending, `The summary is ${JSON.stringify(summary)}.`);
        expectEqual(texts, [how === "close" ? "one" : "one two"]);
      },
    })),
    {
      title: "counts its calls and their bytes",
      async run() {
        const { driver, write } = await open([text("text-1", "one")]);
        const before = driver.usage();
        await write({ type: "text", block: text("text-1", "one two") });
        const after = driver.usage();
        check(after.calls > before.calls && after.bytes > before.bytes, "A write cost nothing.");
      },
    },
  ];
  const inTurn: ContractRule = {
    title: "shows the next card no sooner than it may",
    async run() {
      const driver = createDriver();
      const { promise: mayShow, resolve: begin } = Promise.withResolvers<void>();
      let isShown = false;
      const opened = driver
        .open({ blocks: [text("text-1", "two")], cardIndex: 1, attempt: 0, mayShow })
        .then((card) => {
          isShown = true;
          return card;
        });
      await new Promise((resolve) => setTimeout(resolve, OPENING_MS));
      check(!isShown, "The card was shown before it might be.");
      begin();
      expectEqual(await readCard((await opened).cardId), { texts: ["two"], isStreaming: true });
    },
  };
  // A text that is only appended to has one card.
  if (!isAppending) rules.push(inTurn);
  // A card with slots has one text, and appended text stays last.
  if (structure === "slots" || isAppending) return rules;
  return [
    ...rules,
    {
      title: "adds text blocks in order, above the status",
      async run() {
        const { write, read } = await open([text("text-1", "one"), thinking]);
        await write({
          type: "structure",
          changes: [
            { type: "update", block: text("text-1", "one\n\n") },
            { type: "insert", block: text("text-2", "two"), before: "status" },
            { type: "insert", block: text("text-3", "three"), before: "status" },
          ],
        });
        await write({ type: "text", block: text("text-2", "two and a half") });
        expectEqual(await read(), {
          texts: ["one\n\n", "two and a half", "three"],
          hasStatus: true,
          isStreaming: true,
        });
      },
    },
  ];
}

function check(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

/** Compares the expected fields, and throws with the card's own ones where they differ. */
function expectEqual(actual: object, expected: object): void {
  const compared = Array.isArray(expected)
    ? actual
    : Object.fromEntries(Object.keys(expected).map((key) => [key, actual[key as keyof typeof actual]]));
  const [got, wanted] = [JSON.stringify(compared), JSON.stringify(expected)];
  check(got === wanted, `Expected ${wanted}, the card has ${got}.`);
}
