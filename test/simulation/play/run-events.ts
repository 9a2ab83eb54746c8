import type { Clock } from "@streamcard/core";
import type { CardSnapshot } from "@streamcard/emulator";
import type { EventKind, MetEvent } from "../scenario/event-plan.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { changeElsewhere, type Elsewhere } from "./change-elsewhere.ts";

export interface Disturbance extends Elsewhere {
  readonly clock: Clock;
  /** Time that the runs last by themselves, in milliseconds. */
  readonly lastsMs: number;
  readonly chatIds: readonly string[];
  /** Receives the events that happened. */
  readonly events: MetEvent[];
}

/** Schedules the clicks and events of a scenario. */
export function disturb({ clicks, events, faults }: Scenario, disturbance: Disturbance): void {
  const { clock, emulator, lastsMs } = disturbance;
  for (const { share, answerMs } of clicks) {
    clock.setTimeout(
      () => {
        const messageId = emulator.messages().findLast(({ cardId }) => cardId !== undefined)?.messageId;
        if (messageId === undefined) return;
        const interaction = emulator.click(messageId);
        if (answerMs !== null) clock.setTimeout(() => interaction.answer(), answerMs);
      },
      Math.floor(lastsMs * share),
    );
  }
  for (const { kind, share } of events) {
    clock.setTimeout(
      () => {
        if (happen(kind, disturbance)) disturbance.events.push({ kind, at: clock.now() });
      },
      Math.floor(lastsMs * share),
    );
  }
  // A fault on fetching tokens needs tokens that are fetched more than once, so they lose their validity.
  if (!faults.some(({ operation }) => operation === "token")) return;
  for (const share of [0.4, 0.7]) clock.setTimeout(() => emulator.revokeTokens(), lastsMs * share);
}

/** Causes an event. @returns false if there was no card or message for it. */
function happen(kind: EventKind, { emulator, clock, calls, chatIds }: Disturbance): boolean {
  const newest = emulator.cards().findLast(({ messageId }) => messageId !== undefined);
  const withNewest = (act: (card: CardSnapshot) => unknown) => {
    if (newest !== undefined) act(newest);
    return newest !== undefined;
  };
  const change = (config: Readonly<Record<string, boolean>>) =>
    withNewest((card) => changeElsewhere({ emulator, calls }, card, { config, now: clock.now() }));
  switch (kind) {
    case "message recalled":
      return withNewest(({ messageId = "" }) => emulator.recall(messageId));
    case "target recalled": {
      const targets = emulator.messages().filter(({ sender }) => sender.type === "user");
      for (const { messageId } of targets) emulator.recall(messageId);
      return targets.length > 0;
    }
    case "chat dissolved":
      for (const chatId of chatIds) emulator.dissolve(chatId);
      return true;
    case "bot removed":
      for (const chatId of chatIds) emulator.removeBot(chatId);
      return true;
    case "card expired":
      return withNewest(({ cardId }) => emulator.expire(cardId));
    case "card changed elsewhere":
      return change({ enable_forward: true });
    case "streaming closed elsewhere":
      return change({ streaming_mode: false });
  }
}
