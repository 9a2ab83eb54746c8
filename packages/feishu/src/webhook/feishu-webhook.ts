import type { WaitUntil } from "@streamcard/bot";
import { InvalidOptionError } from "@streamcard/core";
import { systemClock } from "@streamcard/core/driver";
import { warnOnce } from "@streamcard/core/internal";
import { Inbound } from "./inbound.ts";
import { ANSWER_MS, type InboundOptions } from "./inbound-options.ts";
import { EventCipher } from "./trust/decrypt-event.ts";
import { EnvelopeOpener } from "./trust/open-envelope.ts";
import { type BodyRefusal, readBody } from "./trust/read-body.ts";
import { readSignature } from "./trust/verify-signature.ts";
import { checkKeyOptions, resolveKeys, type WebhookKeyOptions } from "./trust/webhook-keys.ts";

/** Options of the webhook: handlers, keys, and limits of requests. */
export interface FeishuWebhookOptions extends InboundOptions, WebhookKeyOptions {
  /**
   * Keeps the process alive until the work behind an answer is done: `after` of Next.js. The `waitUntil` of a context that
   * the host calls the handler with comes first.
   * @defaultValue none
   */
  waitUntil?: WaitUntil | undefined;
  /**
   * Largest body of a request, in bytes. A larger one is answered with 413.
   * @defaultValue 1_048_576
   */
  maxBodyBytes?: number | undefined;
}

/** A webhook: call it with a request, and close it when the process ends. */
export interface FeishuWebhook {
  /**
   * Answers a request of the platform within its 3 seconds. Never rejects.
   *
   * @param context Second argument of the host. Its `waitUntil`, if it has one, is used.
   */
  (request: Request, context?: unknown): Promise<Response>;
  /**
   * Takes no more requests, lets open runs finish, and stops them after `graceMs`; their cards are finalized.
   *
   * @param options.graceMs Time for the open runs, in milliseconds. @defaultValue 10_000
   */
  close(options?: { graceMs?: number }): Promise<void>;
}

const MAX_BODY_BYTES = 1024 * 1024;

/** Longest time that a body may take to arrive, in milliseconds, so that there is time left to answer. */
const MAX_READ_MS = 1_500;

const GRACE_MS = 10_000;

/**
 * Makes the handler of the address that Feishu sends events and clicks to, for any server that speaks `Request` and
 * `Response`.
 *
 * @throws {InvalidOptionError} when an option can never work. Missing keys are told to `onError` at the first request,
 * which is answered with 500.
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uUTNz4SN1MjL1UzM
 * @example
 * export const POST = feishuWebhook({
 *   waitUntil: after,
 *   async onMessage(message) {
 *     await message.reply(async ({ signal }) =>
 *       streamText({ model, messages: await message.history(), abortSignal: signal }),
 *     );
 *   },
 * });
 */
export function feishuWebhook(options: FeishuWebhookOptions): FeishuWebhook {
  checkKeyOptions(options);
  const { maxBodyBytes = MAX_BODY_BYTES, clock = systemClock, logger = warnOnce } = options;
  if (!Number.isInteger(maxBodyBytes) || maxBodyBytes < 1) {
    throw new InvalidOptionError(
      `maxBodyBytes must be a whole number of bytes, received ${String(maxBodyBytes)}.`,
    );
  }
  const inbound = new Inbound(options);
  let opener: EnvelopeOpener | undefined;
  let isClosed = false;

  const respond = async (request: Request, work: Promise<void>[]): Promise<Response> => {
    if (isClosed) return answer(503);
    if (request.method !== "POST") return answer(405);
    opener ??= createOpener(options);
    const arrivedAt = clock.now();
    const body = await readBody(request, { maxBytes: maxBodyBytes, maxMs: MAX_READ_MS, clock });
    if (typeof body === "string") return answer(statusOf[body]);
    const envelope = await opener.open({ body, signature: readSignature(request.headers), now: clock.now() });
    switch (envelope.type) {
      case "challenge":
        return answer(200, { challenge: envelope.challenge });
      case "refused":
        logger.warn(`A request to the webhook was refused: ${envelope.reason}.`, {
          code: "webhook-refused",
        });
        return answer(envelope.status);
      case "event":
        return answer(
          200,
          await inbound.handle(envelope.payload, {
            answerMs: ANSWER_MS - (clock.now() - arrivedAt),
            onWork: (one) => work.push(one),
          }),
        );
    }
  };

  const handler = async (request: Request, context?: unknown): Promise<Response> => {
    const work: Promise<void>[] = [];
    try {
      return await respond(request, work);
    } catch (error) {
      inbound.report(error);
      return answer(500);
    } finally {
      if (work.length > 0) waitFor(work, waitUntilOf(context) ?? options.waitUntil);
    }
  };
  const waitFor = (work: readonly Promise<void>[], waitUntil: WaitUntil | undefined): void => {
    try {
      waitUntil?.(Promise.all(work));
    } catch (error) {
      inbound.report(error);
    }
  };
  return Object.assign(handler, {
    close: ({ graceMs = GRACE_MS }: { graceMs?: number } = {}) => {
      isClosed = true;
      return inbound.close(graceMs);
    },
  });
}

function createOpener(options: WebhookKeyOptions): EnvelopeOpener {
  const keys = resolveKeys(options);
  return new EnvelopeOpener(
    keys,
    keys.encryptKey === undefined ? undefined : new EventCipher(keys.encryptKey),
  );
}

const statusOf: Readonly<Record<BodyRefusal, number>> = { "too-large": 413, "too-slow": 408, broken: 400 };

/** Makes an answer. A refusal has no body, so that a stranger learns nothing but its number. */
function answer(status: number, body: object = {}): Response {
  return Response.json(body, { status });
}

/** Reads the `waitUntil` of a worker's `ctx`. The second argument of a route handler of Next.js has none. */
function waitUntilOf(context: unknown): WaitUntil | undefined {
  if (typeof context !== "object" || context === null || !("waitUntil" in context)) return undefined;
  const { waitUntil } = context;
  return typeof waitUntil === "function" ? (promise) => waitUntil.call(context, promise) : undefined;
}
