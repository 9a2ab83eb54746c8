/**
 * What the platform does where its documents leave a question open, and its limits.
 *
 * Every default is the documented value, or the stricter reading where two are possible.
 */
export interface FeishuRules {
  // How often may one card be changed? The overview page states 10 operations per second and card, and on
  // the same page that updates in streaming mode are exempt.
  /** When the limit per card counts. @defaultValue "always" */
  cardLimit: "always" | "unless-streaming" | "never";
  /** Operations on one card in any second. @defaultValue 10 */
  cardLimitPerSecond: number;
  /** How exceeding the limit per card is answered: HTTP 400, or the gateway's HTTP 429. @defaultValue 230020 */
  cardLimitCode: 230020 | 99991400;

  /** Whether calls are counted per API and app. @defaultValue "on" */
  appLimit: "on" | "off";
  /** Calls of one API by one app in any second. @defaultValue 50 */
  appLimitPerSecond: number;
  /** Calls of one API by one app in any minute. @defaultValue 1000 */
  appLimitPerMinute: number;
  /** Messages to one chat, and patches of one message, in any second. @defaultValue 5 */
  messageLimitPerSecond: number;

  // When does streaming mode close itself, and what happens then?
  /** How long streaming mode stays open. @defaultValue 600_000 (milliseconds) */
  autoCloseMs: number;
  /** A content call after that: 200850 once and then 300309, or accepted and dropped. @defaultValue "refuse" */
  afterAutoClose: "refuse" | "drop";
  /** What starts the clock of a card created with streaming mode on. @defaultValue "creation" */
  streamingClockStart: "creation" | "sending";
  /** Switching streaming mode on while it is on: starts the clock again, or not. @defaultValue "restarts" */
  reopening: "restarts" | "continues";
  /** A full update whose card does not say `streaming_mode`. @defaultValue "closes" */
  fullUpdateWithoutStreamingMode: "closes" | "keeps";
  /** What the chat list shows while a card without a summary of its own streams. @defaultValue "[生成中...]" */
  summaryWhileStreaming: string;

  // What do `sequence` and `uuid` promise?
  /** Whether a sequence may skip numbers; if not, 300317. @defaultValue "allowed" */
  sequenceGaps: "allowed" | "refused";
  /** Whether an operation that failed used up its sequence. @defaultValue "unused" */
  failedSequence: "unused" | "used";
  /** The same uuid again: success without effect (200770 for another body), or always 200770. @defaultValue "idempotent" */
  uuidRepeat: "idempotent" | "conflict";

  // How do the element operations work?
  /** A batch whose action fails: nothing of it counts, or what came before the failure. @defaultValue "atomic" */
  batch: "atomic" | "until-failure";
  /** Whether a patch merges nested objects or replaces them. @defaultValue "shallow" */
  patchDepth: "shallow" | "deep";
  /** Properties that the component does not have. `"warn"` notes them in the request log. @defaultValue "refuse" */
  unknownProperties: "refuse" | "warn";
  /** Settings without `config`, such as `{"streaming_mode":false}`: no effect and a warning, or 300122. @defaultValue "ignore" */
  bareSettings: "ignore" | "refuse";

  // How large may a card be?
  /** The documents say 30 KB; the smaller reading of it. @defaultValue 30_000 */
  maxBytes: number;
  /** UTF-8 bytes of the card's JSON, or of that JSON escaped once more as a string. @defaultValue "json" */
  byteCount: "json" | "escaped-json";
  /** Components and text objects in one card. @defaultValue 200 */
  maxElements: number;
  /** Containers within containers. @defaultValue 5 */
  maxNesting: number;
  /** Tables in one card. @defaultValue 5 */
  maxTables: number;
  /** Tables in one markdown component. @defaultValue 4 */
  maxTablesPerMarkdown: number;
  /** What counts as a table. @defaultValue "components-and-markdown" */
  countTables: "components-and-markdown" | "components" | "nothing";

  /** How long a card entity can be changed. @defaultValue 14 days (milliseconds) */
  cardLifetimeMs: number;
  /** How long a click that nobody answers keeps the card locked. @defaultValue 3_000 (milliseconds) */
  interactionLockMs: number;
  /** Whether the retired endpoint that turns a message id into a card id exists. @defaultValue "off" */
  idConvert: "on" | "off";
}

const DAY_MS = 24 * 60 * 60 * 1000;

export const defaultFeishuRules: FeishuRules = {
  cardLimit: "always",
  cardLimitPerSecond: 10,
  cardLimitCode: 230020,
  appLimit: "on",
  appLimitPerSecond: 50,
  appLimitPerMinute: 1000,
  messageLimitPerSecond: 5,
  autoCloseMs: 600_000,
  afterAutoClose: "refuse",
  streamingClockStart: "creation",
  reopening: "restarts",
  fullUpdateWithoutStreamingMode: "closes",
  summaryWhileStreaming: "[生成中...]",
  sequenceGaps: "allowed",
  failedSequence: "unused",
  uuidRepeat: "idempotent",
  batch: "atomic",
  patchDepth: "shallow",
  unknownProperties: "refuse",
  bareSettings: "ignore",
  maxBytes: 30_000,
  byteCount: "json",
  maxElements: 200,
  maxNesting: 5,
  maxTables: 5,
  maxTablesPerMarkdown: 4,
  countTables: "components-and-markdown",
  cardLifetimeMs: 14 * DAY_MS,
  interactionLockMs: 3_000,
  idConvert: "off",
};

const WORDS: { [Rule in keyof FeishuRules]?: readonly FeishuRules[Rule][] } = {
  cardLimit: ["always", "unless-streaming", "never"],
  cardLimitCode: [230020, 99991400],
  appLimit: ["on", "off"],
  afterAutoClose: ["refuse", "drop"],
  streamingClockStart: ["creation", "sending"],
  reopening: ["restarts", "continues"],
  fullUpdateWithoutStreamingMode: ["closes", "keeps"],
  sequenceGaps: ["allowed", "refused"],
  failedSequence: ["unused", "used"],
  uuidRepeat: ["idempotent", "conflict"],
  batch: ["atomic", "until-failure"],
  patchDepth: ["shallow", "deep"],
  unknownProperties: ["refuse", "warn"],
  bareSettings: ["ignore", "refuse"],
  byteCount: ["json", "escaped-json"],
  countTables: ["components-and-markdown", "components", "nothing"],
  idConvert: ["on", "off"],
};

/**
 * The default rules with some replaced.
 *
 * @throws {TypeError} when a rule is unknown or has a value it cannot have.
 */
export function resolveFeishuRules(overrides: Partial<FeishuRules> = {}): FeishuRules {
  const words: { [rule: string]: readonly unknown[] } = WORDS;
  const defaults: { [rule: string]: unknown } = { ...defaultFeishuRules };
  for (const [rule, value] of Object.entries(overrides)) {
    if (!(rule in defaults)) throw new TypeError(`Unknown rule "${rule}".`);
    const allowed = words[rule];
    if (allowed ? !allowed.includes(value) : typeof value !== typeof defaults[rule]) {
      const expected = allowed
        ? allowed.map((word) => JSON.stringify(word)).join(" or ")
        : `a ${typeof defaults[rule]}`;
      throw new TypeError(`Rule "${rule}" must be ${expected}, received ${JSON.stringify(value)}.`);
    }
    if (typeof value === "number" && !(value >= 0)) {
      throw new TypeError(`Rule "${rule}" must not be negative, received ${value}.`);
    }
  }
  return Object.freeze({ ...defaultFeishuRules, ...overrides });
}
