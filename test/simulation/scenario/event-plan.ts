import fc from "fast-check";

/** Events that readers, other processes and the platform cause while a run goes on. The sender is not told. */
export const eventKinds = [
  "message recalled",
  "target recalled",
  "chat dissolved",
  "bot removed",
  "card expired",
  "card changed elsewhere",
  "streaming closed elsewhere",
] as const;
export type EventKind = (typeof eventKinds)[number];

export interface EventPlan {
  readonly kind: EventKind;
  /** Time of the event, as a share of the run's time. */
  readonly share: number;
}

/** Event that found a card or message to happen to. */
export interface MetEvent {
  readonly kind: EventKind;
  readonly at: number;
}

const rates = [230020, 99991400];

/**
 * Codes by which the platform tells of each event; empty if it does not tell.
 *
 * Operations on a card go on as if nothing had happened when its message is recalled. Another writer's sequence is
 * above the card's own, and a second has room for one operation less.
 *
 * @see https://open.feishu.cn/document/server-docs/im-v1/message/create
 */
export const codesOf: Readonly<Record<EventKind, readonly number[]>> = {
  "message recalled": [],
  "target recalled": [230011],
  "chat dissolved": [232009],
  "bot removed": [230002],
  "card expired": [200750],
  "card changed elsewhere": [300317, ...rates],
  "streaming closed elsewhere": [300317, 300309, ...rates],
};

/** Events that concern one card, and not the chat that several cards may share. */
const ofCards: readonly EventKind[] = [
  "message recalled",
  "card changed elsewhere",
  "streaming closed elsewhere",
];

/** Draws mostly no event, else one or two, after the beginning, because there is no card yet. */
export function eventPlans({ isMany = false } = {}): fc.Arbitrary<readonly EventPlan[]> {
  const event = fc.record(
    {
      kind: fc.constantFrom(...(isMany ? ofCards : eventKinds)),
      share: fc.oneof(
        { weight: 1, arbitrary: fc.constant(0) },
        { weight: 4, arbitrary: fc.integer({ min: 0, max: 10_000 }).map((parts) => parts / 10_000) },
      ),
    },
    { noNullPrototype: true },
  );
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(event, { minLength: 1, maxLength: 2 }) },
  );
}
