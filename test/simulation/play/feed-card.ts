import { type CardLane, type CardResult, type CardStream, pipeToCard } from "@streamcard/core";
import type { ManualClock } from "@streamcard/core/testing";
import type { Feishu, FeishuCardOptions } from "@streamcard/feishu";
import type { BlockPlan } from "../scenario/block-plan.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { LANE_END, type TimedPart } from "../scenario/timetable.ts";
import { laneTitleOf } from "./block-options.ts";
import { feedThroughLangChain } from "./langchain-feed.ts";
import { feedThroughStreamText, streamOf } from "./stream-text-feed.ts";

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

/** Feeds a run's timetable into a card in the way that the scenario names. */
export function feedCard(
  scenario: Pick<Scenario, "feed" | "end" | "blocks">,
  { clock, feishu, options, parts, controller }: FeedOptions,
): Fed {
  let endedAt: number | undefined;
  const start = clock.now();
  const atEnd = async (card: CardStream) => {
    endedAt = clock.now();
    // Parts of this very moment may still be on their way through a stream.
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
  const { blocks } = scenario;
  // Reading `signal` marks the run as stoppable, so that the card has a Stop button.
  if (blocks !== undefined) void card.signal;
  async function* timed(): AsyncGenerator<TimedPart> {
    for (const next of parts) {
      const waitMs = start + next.atMs - clock.now();
      if (waitMs > 0) await clock.sleep(waitMs);
      yield next;
    }
    await atEnd(card);
  }
  async function* source(): AsyncGenerator<TimedPart["part"]> {
    for await (const { part } of timed()) yield part;
  }
  async function pushToLanes(plan: BlockPlan): Promise<CardResult> {
    const lanes = plan.lanes.map(({ layout }, at) =>
      card.lane(`lane ${at}`, { title: laneTitleOf(plan, at), layout }),
    );
    try {
      for await (const { part, lane: at } of timed()) {
        const lane = at === undefined ? undefined : lanes[at];
        if (part.type === LANE_END) endLane(lane, part.how);
        else (lane ?? card).push(part);
      }
      return card.finish();
    } catch (error) {
      return card.fail(error);
    }
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
  const hasLanes = blocks !== undefined && blocks.lanes.length > 0;
  return { result: hasLanes ? pushToLanes(blocks) : feeds[scenario.feed](), endedAt: endingAt };
}

function endLane(lane: CardLane | undefined, how: unknown): void {
  if (how === "fail") lane?.fail(new Error("The lane's model failed."));
  else if (how === "stop") lane?.stop("reader");
  else lane?.finish();
}
