import type { CardSnapshot, FeishuEmulator } from "@streamcard/emulator";
import {
  fullyPainted,
  nextPaintAt,
  paintedLength,
  printConfigOf,
  retype,
  type Typing,
} from "../../packages/emulator/src/feishu/cards/typewriter.ts";

/** Final text of the cards, with two times for each of its characters. */
export interface Reading {
  readonly text: string;
  /** Times at which the platform had applied the characters. */
  readonly appliedAt: readonly number[];
  /** Times at which a client's typewriter had painted them. */
  readonly shownAt: readonly number[];
}

interface Frame {
  readonly atMs: number;
  readonly typing: Typing;
}

/** Follows the cards as a client with a typewriter shows them. Times count from the moment this is called. */
export function watchCards(emulator: FeishuEmulator, now: () => number): () => Reading {
  const start = now();
  const frames = new Map<string, Frame[]>();
  const restarted = new Set<string>();
  const keyOf = (cardId: string, elementId: string | undefined) => `${cardId} ${elementId}`;

  const look = (card: CardSnapshot): void => {
    const moment = { now: now() - start, config: printConfigOf(card.json) };
    for (const { key, content } of textsOf(card)) {
      const known = frames.get(key) ?? [];
      const last = known.at(-1)?.typing;
      const isTyped = restarted.has(key) && last !== undefined && card.streaming;
      if (!isTyped && last?.text === content && card.streaming) continue;
      const typing = isTyped ? retype(last, content, moment) : fullyPainted(content, moment);
      known.push({ atMs: moment.now, typing });
      frames.set(key, known);
    }
    restarted.clear();
  };

  const textsOf = ({ cardId, elements }: CardSnapshot) =>
    elements.flatMap(({ tag, elementId, content = "" }) =>
      tag === "markdown" ? [{ key: keyOf(cardId, elementId), content }] : [],
    );

  emulator.watch((change) => {
    if (change.type === "paint-restarted") restarted.add(keyOf(change.cardId, change.elementId));
    if (change.type === "card-created" || change.type === "card-changed") look(emulator.card(change.cardId));
  });

  return () => {
    const texts = emulator.cards().flatMap(textsOf);
    const appliedAt: number[] = [];
    const shownAt: number[] = [];
    for (const { key, content } of texts) {
      const times = timesOf(frames.get(key) ?? [], content);
      appliedAt.push(...times.appliedAt);
      shownAt.push(...times.shownAt);
    }
    return { text: texts.map(({ content }) => content).join(""), appliedAt, shownAt };
  };
}

/** Lists the time at which each character of an element's final text first appeared. */
function timesOf(frames: readonly Frame[], final: string) {
  const appliedAt: number[] = [];
  const shownAt: number[] = [];
  const fill = (times: number[], length: number, atMs: number) => {
    while (times.length < length) times.push(atMs);
  };
  for (const [index, { atMs, typing }] of frames.entries()) {
    const right = commonPrefix(typing.text, final);
    fill(appliedAt, right, atMs);
    const until = frames[index + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    for (let at: number | undefined = atMs; at !== undefined && at < until; at = nextPaintAt(typing, at)) {
      fill(shownAt, Math.min(paintedLength(typing, at), right), at);
    }
  }
  return { appliedAt, shownAt };
}

function commonPrefix(one: string, other: string): number {
  if (other.startsWith(one)) return one.length;
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
