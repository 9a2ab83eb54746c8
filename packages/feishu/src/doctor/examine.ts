import { pipeToCard, StreamcardError } from "@streamcard/core";
import { fieldsOf, stringOf } from "../api/feishu-client.ts";
import type { FeishuConfig } from "../api/feishu-config.ts";
import { FeishuApiError } from "../api/feishu-error.ts";
import type { Feishu } from "../create-feishu.ts";
import { receiveIdTypeOf } from "../driver/receive-id.ts";

/** Result of one check of the app. */
export interface Finding {
  /** `note`: works, with a remark. `skipped`: not checked, because an earlier check failed. */
  readonly status: "ok" | "problem" | "note" | "skipped";
  readonly subject: string;
  readonly detail: string;
  /** The next step for the owner. */
  readonly advice?: string;
}

export interface Examination {
  readonly feishu: Feishu;
  readonly config: Pick<FeishuConfig, "appId" | "domain">;
  /** Id of the chat or person who gets the test card. */
  readonly to: string;
  readonly webhook: { readonly hasKeys: boolean };
  /** True where cards will show images. */
  readonly hasImages: boolean;
}

const TEST_TEXT = `**这张卡片由 streamcard doctor 逐字写出。** 能看到它，说明凭证、权限和收件人都没有问题。

*This card was typed out by streamcard doctor. If you can read it, credentials, scopes and receiver are fine.*

\`\`\`ts
await toFeishuCard(({ signal }) => streamText({ model, prompt, abortSignal: signal }), { to });
\`\`\`
`;

/** Checks everything that a first card needs, in an order in which each check relies on the ones before it. */
export async function* examine(examination: Examination): AsyncGenerator<Finding> {
  const { feishu, config } = examination;
  yield { status: "ok", subject: "configuration", detail: `app ${config.appId} at ${config.domain}` };
  const bot = await ask(() =>
    feishu.call({ attempt: "Asking who the bot is", method: "GET", path: "/open-apis/bot/v3/info" }),
  );
  if (bot.error !== undefined && !isRefusalOfBot(bot.error)) {
    yield problem("credentials", bot.error);
    for (const subject of ["bot", "scopes", "test card"]) yield skipped(subject, "needs working credentials");
    return;
  }
  yield { status: "ok", subject: "credentials", detail: "the platform gave a tenant access token" };
  yield botFinding(bot, config);
  yield await cardScope(examination);
  yield await messageScope(examination);
  if (examination.hasImages) yield await imageScope(examination);
  yield await testCard(examination);
  yield inboundFinding(examination);
}

interface Answer {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

async function ask(call: () => Promise<Readonly<Record<string, unknown>>>): Promise<Answer> {
  try {
    return { fields: await call() };
  } catch (error) {
    return { error };
  }
}

const NO_BOT = 230006;

function isRefusalOfBot(error: unknown): boolean {
  return error instanceof FeishuApiError && error.platformCode === NO_BOT;
}

const ACTIVATED = 2;

/** @see https://open.feishu.cn/document/client-docs/bot-v3/obtain-bot-info */
function botFinding({ fields, error }: Answer, { appId }: Examination["config"]): Finding {
  if (error !== undefined) return problem("bot", error);
  const bot = fieldsOf(fields?.bot);
  const name = stringOf(bot?.app_name) ?? appId;
  if (bot?.activate_status === ACTIVATED) {
    return { status: "ok", subject: "bot", detail: `“${name}” is active` };
  }
  return {
    status: "problem",
    subject: "bot",
    detail: `“${name}” is not active in this tenant`,
    advice: "Publish a version of the app, and have an administrator approve it.",
  };
}

async function cardScope({ feishu, config }: Examination): Promise<Finding> {
  const card = { schema: "2.0", body: { elements: [{ tag: "markdown", content: "streamcard doctor" }] } };
  const { error } = await ask(() =>
    feishu.call({
      attempt: "Making a card",
      method: "POST",
      path: "/open-apis/cardkit/v1/cards",
      body: { type: "card_json", data: JSON.stringify(card) },
    }),
  );
  const subject = "scope for cards";
  if (error === undefined) return { status: "ok", subject, detail: "cardkit:card:write" };
  return scopeProblem(subject, error, { scopes: ["cardkit:card:write"], config });
}

/** Sends a message without content: the platform refuses it for that where the scope is granted, else for the scope. */
async function messageScope({ feishu, config, to }: Examination): Promise<Finding> {
  const { error } = await ask(() =>
    feishu.call({
      attempt: "Trying to send",
      method: "POST",
      path: `/open-apis/im/v1/messages?receive_id_type=${receiveIdTypeOf(to)}`,
      body: { receive_id: to, msg_type: "text", content: "" },
    }),
  );
  const subject = "scope for messages";
  if (isScopeError(error)) {
    return scopeProblem(subject, error, { scopes: ["im:message:send_as_bot"], config });
  }
  return { status: "ok", subject, detail: "im:message:send_as_bot" };
}

/** Uploads an image without content: the platform refuses it for that where the scope is granted, else for the scope. */
async function imageScope({ feishu, config }: Examination): Promise<Finding> {
  const form = new FormData();
  form.append("image_type", "message");
  form.append("image", new Blob([]), "image");
  const { error } = await ask(() =>
    feishu.call({ attempt: "Trying to upload", method: "POST", path: "/open-apis/im/v1/images", form }),
  );
  const subject = "scope for images";
  if (isScopeError(error)) return scopeProblem(subject, error, { scopes: ["im:resource"], config });
  return { status: "ok", subject, detail: "im:resource" };
}

async function testCard({ feishu, to }: Examination): Promise<Finding> {
  const subject = "test card";
  const result = await pipeToCard(pieces(TEST_TEXT), feishu.card({ to }));
  if (result.delivery === "card") {
    const { firstTextMs = result.metrics.totalMs, totalMs, calls } = result.metrics;
    const times = `first text after ${Math.round(firstTextMs)} ms, done after ${Math.round(totalMs)} ms, ${calls} requests`;
    return { status: "ok", subject, detail: `streamed to ${to}: ${times}` };
  }
  return problem(subject, result.deliveryError);
}

async function* pieces(text: string): AsyncGenerator<string> {
  for (const piece of text.match(/[\s\S]{1,6}/gu) ?? []) {
    yield piece;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

const RECEIVING = ["im:message.p2p_msg:readonly", "im:message.group_at_msg:readonly"];

/** Says what receiving events takes, because the platform has no API that tells whether the app is set up for it. */
function inboundFinding({ webhook, config }: Examination): Finding {
  const subject = "receiving";
  const grant = `Grant ${RECEIVING.join(" and ")} (${scopePage(config, RECEIVING)}), and subscribe to im.message.receive_v1 and card.action.trigger under Events & callbacks.`;
  if (webhook.hasKeys) return { status: "note", subject, detail: "the webhook has its keys", advice: grant };
  return {
    status: "note",
    subject,
    detail:
      "to hear messages and clicks, the webhook needs FEISHU_ENCRYPT_KEY (or FEISHU_VERIFICATION_TOKEN)",
    advice: grant,
  };
}

const MISSING_SCOPE = 99991672;

function isScopeError(error: unknown): error is FeishuApiError {
  return error instanceof FeishuApiError && error.platformCode === MISSING_SCOPE;
}

function scopeProblem(
  subject: string,
  error: unknown,
  { scopes, config }: { scopes: readonly string[]; config: Examination["config"] },
): Finding {
  if (!isScopeError(error)) return problem(subject, error);
  const page = error.missingScopes.find(({ url }) => url !== undefined)?.url ?? scopePage(config, scopes);
  return {
    status: "problem",
    subject,
    detail: `${scopes.join(", ")} is missing`,
    advice: `Grant it at ${page}, then publish a new version of the app.`,
  };
}

function scopePage({ domain, appId }: Examination["config"], scopes: readonly string[]): string {
  return `${domain}/app/${appId}/auth?q=${scopes.join(",")}&token_type=tenant`;
}

function problem(subject: string, error: unknown): Finding {
  const isOurs = StreamcardError.isInstance(error);
  return { status: "problem", subject, detail: isOurs ? error.message : `failed: ${String(error)}` };
}

function skipped(subject: string, detail: string): Finding {
  return { status: "skipped", subject, detail };
}
