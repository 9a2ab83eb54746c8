/**
 * Limits of the platform, and its answers to questions that its documents leave open.
 *
 * Every default is the documented value, or the stricter one of two possible readings.
 */
export interface FeishuRules {
  // Rate of changes. The overview page states 10 operations per second and card, and on the same page that updates in
  // streaming mode are exempt.
  /** Times at which the rate limit of a card counts. @defaultValue "always" */
  cardLimit: "always" | "unless-streaming" | "never";
  /** Operations on one card within any second. @defaultValue 10 */
  cardLimitPerSecond: number;
  /** Code that refuses operations above the rate limit of a card: 230020 with HTTP 400, or the gateway's 99991400 with HTTP 429. @defaultValue 230020 */
  cardLimitCode: 230020 | 99991400;

  /** Switch for the rate limits of each API for each app. @defaultValue "on" */
  appLimit: "on" | "off";
  /** Calls of one API by one app within any second. @defaultValue 50 */
  appLimitPerSecond: number;
  /** Calls of one API by one app within any minute. @defaultValue 1000 */
  appLimitPerMinute: number;
  /** Messages to one chat within any second, and patches of one message. @defaultValue 5 */
  messageLimitPerSecond: number;

  // Timeout of streaming mode.
  /** Milliseconds after which streaming mode times out. @defaultValue 600_000 */
  autoCloseMs: number;
  /** Answer to content calls after the timeout: "refuse" answers 200850 once and then 300309; "drop" answers success and changes nothing. @defaultValue "refuse" */
  afterAutoClose: "refuse" | "drop";
  /** Event that starts the timeout of a card that was created in streaming mode. @defaultValue "creation" */
  streamingClockStart: "creation" | "sending";
  /** Effect on the timeout of switching streaming mode on while it is on. @defaultValue "restarts" */
  reopening: "restarts" | "continues";
  /** Effect on streaming mode of a full update whose card does not set `streaming_mode`. @defaultValue "closes" */
  fullUpdateWithoutStreamingMode: "closes" | "keeps";
  /** Line in the chat list for a card that is streaming and has no summary of its own. @defaultValue "[生成中...]" */
  summaryWhileStreaming: string;

  // Promises of `sequence` and `uuid`.
  /** Treatment of a sequence that skips numbers. "refused" answers 300317. @defaultValue "allowed" */
  sequenceGaps: "allowed" | "refused";
  /** State of a sequence after its operation has failed. An unused one can be sent again. @defaultValue "unused" */
  failedSequence: "unused" | "used";
  /** Answer to a uuid that comes again: "idempotent" answers success without effect (200770 if the body differs), "conflict" answers 200770. @defaultValue "idempotent" */
  uuidRepeat: "idempotent" | "conflict";

  // Element operations.
  /** Effect of a batch in which an action fails: nothing, or the actions before the failure. @defaultValue "atomic" */
  batch: "atomic" | "until-failure";
  /** Treatment of nested objects in a patch: "shallow" replaces them, "deep" merges them. @defaultValue "shallow" */
  patchDepth: "shallow" | "deep";
  /** Treatment of properties that a component does not have. "warn" notes them in the request log. @defaultValue "refuse" */
  unknownProperties: "refuse" | "warn";
  /** Treatment of settings without `config`, such as `{"streaming_mode":false}`: "ignore" has no effect and notes a warning, "refuse" answers 300122. @defaultValue "ignore" */
  bareSettings: "ignore" | "refuse";

  // Size of a card.
  /** Bytes of a card. The documents say 30 KB, of which this is the smaller reading. @defaultValue 30_000 */
  maxBytes: number;
  /** Text whose UTF-8 bytes count: the card's JSON, or that JSON escaped once more as a string. @defaultValue "json" */
  byteCount: "json" | "escaped-json";
  /** Components and text objects in one card. @defaultValue 200 */
  maxElements: number;
  /** Levels of containers within containers. @defaultValue 5 */
  maxNesting: number;
  /** Tables in one card. @defaultValue 5 */
  maxTables: number;
  /** Tables in one Markdown component. @defaultValue 4 */
  maxTablesPerMarkdown: number;
  /** Tables that count: `table` components, and those in Markdown. @defaultValue "components-and-markdown" */
  countTables: "components-and-markdown" | "components" | "nothing";

  /** Milliseconds from the creation of a card entity after which operations on it answer 200750. @defaultValue 14 days */
  cardLifetimeMs: number;
  /** Milliseconds for which a click without an answer locks the card. @defaultValue 3_000 */
  interactionLockMs: number;
  /** Switch for the retired endpoint that turns a message id into a card id. @defaultValue "off" */
  idConvert: "on" | "off";
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Default value of every rule. */
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

const CHOICES: { [Rule in keyof FeishuRules]?: readonly FeishuRules[Rule][] } = {
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
 * Replaces some of the default rules.
 *
 * @throws {TypeError} when a rule is unknown or has a value that it cannot have.
 */
export function resolveFeishuRules(overrides: Partial<FeishuRules> = {}): FeishuRules {
  const choices: { [rule: string]: readonly unknown[] } = CHOICES;
  const defaults: { [rule: string]: unknown } = { ...defaultFeishuRules };
  for (const [rule, value] of Object.entries(overrides)) {
    if (!(rule in defaults)) throw new TypeError(`Unknown rule "${rule}".`);
    const allowed = choices[rule];
    if (allowed ? !allowed.includes(value) : typeof value !== typeof defaults[rule]) {
      const expected = allowed
        ? allowed.map((choice) => JSON.stringify(choice)).join(" or ")
        : `a ${typeof defaults[rule]}`;
      throw new TypeError(`Rule "${rule}" must be ${expected}, received ${JSON.stringify(value)}.`);
    }
    if (typeof value === "number" && !(value >= 0)) {
      throw new TypeError(`Rule "${rule}" must not be negative, received ${value}.`);
    }
  }
  return Object.freeze({ ...defaultFeishuRules, ...overrides });
}
