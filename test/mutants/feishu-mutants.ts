import { type Mutant, mutant } from "./mutant.ts";

const driver = "packages/feishu/src/driver/create-feishu-driver.ts";
const card = "packages/feishu/src/driver/element-card.ts";
const sequence = "packages/feishu/src/driver/card-sequence.ts";
const entity = "packages/feishu/src/driver/card-entity.ts";
const messages = "packages/feishu/src/driver/message-sender.ts";
const limits = "packages/feishu/src/api/limits.ts";
const token = "packages/feishu/src/api/tenant-access-token.ts";
const api = "packages/feishu/src/api/feishu-api.ts";
const client = "packages/feishu/src/api/feishu-client.ts";
const codes = "packages/feishu/src/api/error-codes.ts";

const request = "{ attempt, changesNothing = false, limitMs = limits.requestMs }: FeishuRequest,";

export const feishuMutants: readonly Mutant[] = [
  mutant("trailing newlines trimmed", "P1", [
    "packages/feishu/src/json/block-json.ts",
    'return { tag: "markdown", element_id: ids.element, content: text,',
    'return { tag: "markdown", element_id: ids.element, content: text.trimEnd(),',
  ]),
  mutant("delta in place of the full text", "P1", [
    card,
    "content: block.text, action",
    "content: block.text.slice(-40), action",
  ]),
  mutant("a cursor at the end of the text", "P5", [
    card,
    "content: block.text, action",
    'content: block.text + "▌", action',
  ]),
  mutant("streaming left on", "P2", [
    card,
    "const config = { streaming_mode: false, summary };",
    "const config = { streaming_mode: true, summary };",
  ]),
  mutant("no summary of its own", "P2", [
    card,
    "const summary = this.#json.summary(write.blocks, write.summary);",
    'const summary = { content: "" };',
  ]),
  mutant(
    "a sequence used again after a failure",
    "P4",
    [
      sequence,
      "    this.#last += 1;\n    return this.#numbered(this.#last);",
      "    return this.#numbered(this.#last + 1);",
    ],
    [sequence, "    this.#jumps = 0;", "    this.#jumps = 0;\n    this.#last += 1;"],
  ),
  mutant("a send that is tried again has a new uuid", "P4", [
    messages,
    "data: { card_id: cardId } },\n      uuid: uuidv5(",
    "data: { card_id: cardId } },\n      uuid: uuidv4() || uuidv5(",
  ]),
  mutant("a card that is sent again is made again", "P4", [
    driver,
    "    if (known === undefined) this.#made = this.#made.concat(made);\n",
    "",
  ]),
  mutant("twenty operations a second", "P6", [
    limits,
    "const OPERATIONS_PER_SECOND = 10;",
    "const OPERATIONS_PER_SECOND = 20;",
  ]),
  mutant("no shared budget", "P6", [
    limits,
    "apiCalls: { perSecond: 50, perMinute: 1000 },",
    "apiCalls: { perSecond: 5000, perMinute: 100_000 },",
  ]),
  mutant("streaming is not renewed", "P6", [
    limits,
    "streamingRenewMs: 9 * 60_000,",
    "streamingRenewMs: 90 * 60_000,",
  ]),
  mutant("re-opening streaming closes it", "P6", [
    entity,
    '"Opening streaming mode", { streaming_mode: true,',
    '"Opening streaming mode", { streaming_mode: false,',
  ]),
  mutant("no jump ahead of another writer", "P6", [
    entity,
    'if (remedy === "raise-sequence") return this.#sequence.jumpAhead(this.#api.clock.now());',
    'if (remedy === "raise-sequence") return true;',
  ]),
  mutant("a token for each call that waits", "P6", [
    token,
    "this.#pending ??= fetchToken",
    "this.#pending = fetchToken",
  ]),
  mutant("a refused token is used again", "P6", [api, "this.#tokens.reject(token);", ""]),
  mutant("a chat that was dissolved is tried again", "P6", [
    codes,
    '[232009, gone("the chat was dissolved")]',
    '[232009, later("the chat was dissolved")]',
  ]),
  mutant("a card that has expired is tried again", "P2", [codes, "[200750, gone(", "[200750, later("]),
  mutant("a target that was recalled is the end", "delivery", [
    "packages/feishu/src/driver/card-message.ts",
    "if (!isTargetGone || target.fallback === undefined) throw error;",
    "if (error !== undefined || isTargetGone || target.fallback === undefined) throw error;",
  ]),
  mutant("the platform's words in errors", "P10", [
    "packages/feishu/src/api/feishu-error.ts",
    "{ meaning, advice }: ErrorMeaning): string {",
    "{ meaning, advice = answer.platformMessage }: ErrorMeaning): string {",
  ]),
  mutant(
    "a token in errors",
    "P10",
    [client, request, request.replace("}:", ", token }:")],
    [client, 'name === "TimeoutError" ?', 'name === "TimeoutError" ? token +'],
  ),
  mutant(
    "a request in errors",
    "P10",
    [client, request, request.replace("}:", ", body }:")],
    [client, "cause: error,\n  });\n}", "cause: new Error(JSON.stringify(body)),\n  });\n}"],
  ),
  mutant("a tag in a tool's output", "blocks", [
    "packages/feishu/src/json/markdown-text.ts",
    ".replace(platformTag, BREAK)",
    "",
  ]),
  mutant("calls that never end", "delivery", [limits, "requestMs: 10_000,", "requestMs: 100_000,"]),
];
