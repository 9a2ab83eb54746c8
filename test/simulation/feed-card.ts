import { type CardResult, type CardStream, pipeToCard } from "@streamcard/core";
import type { ManualClock } from "@streamcard/core/testing";
import type { Feishu, FeishuCardOptions } from "@streamcard/feishu";
import { feedThroughLangChain } from "./langchain-feed.ts";
import type { Scenario } from "./scenario.ts";
import { feedThroughStreamText, streamOf } from "./stream-text-feed.ts";
import type { TimedPart } from "./timetable.ts";

export interface FeedOptions {
  readonly clock: ManualClock;
  readonly feishu: Feishu;
  readonly options: FeishuCardOptions;
  readonly parts: readonly TimedPart[];
  readonly controller: AbortController;
}

export interface Fed {
  readonly result: Promise<CardResult>;
  endedAt(): number | undefined;
}

/** Lets a run reach a card in the scenario's way, by the run's timetable. */
export function feedCard(
  scenario: Pick<Scenario, "feed" | "end">,
  { clock, feishu, options, parts, controller }: FeedOptions,
): Fed {
  let endedAt: number | undefined;
  const start = clock.now();
  const atEnd = async (card: CardStream) => {
    endedAt = clock.now();
    // What was said at this very moment is still on its way.
    if (scenario.end !== "finish") await clock.sleep(1);
    if (scenario.end === "stop") void card.stop("reader");
    if (scenario.end === "abort") controller.abort();
    if (scenario.end === "fail") throw new Error("The model failed.");
  };
  const endingAt = () => (endedAt === undefined || scenario.end === "finish" ? endedAt : endedAt + 1);
  if (scenario.feed === "stream-text" || scenario.feed === "langchain") {
    const feed = scenario.feed === "langchain" ? feedThroughLangChain : feedThroughStreamText;
    return { result: feed({ clock, feishu, options, parts, atEnd }), endedAt: endingAt };
  }
  const card = feishu.card(options);
  async function* source(): AsyncGenerator<TimedPart["part"]> {
    for (const { atMs, part } of parts) {
      const waitMs = start + atMs - clock.now();
      if (waitMs > 0) await clock.sleep(waitMs);
      yield part;
    }
    await atEnd(card);
  }
  async function* strings(): AsyncGenerator<string> {
    for await (const part of source()) yield part.text as string;
  }
  async function push(): Promise<CardResult> {
    try {
      for await (const part of source()) card.push(part);
      return card.finish();
    } catch (error) {
      return card.fail(error);
    }
  }
  const feeds = {
    push,
    strings: () => pipeToCard(strings(), card),
    parts: () => pipeToCard(source(), card),
    "full-stream": () => pipeToCard(streamOf(source()), card),
  };
  return { result: feeds[scenario.feed](), endedAt: endingAt };
}
