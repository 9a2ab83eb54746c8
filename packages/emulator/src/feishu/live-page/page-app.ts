import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { readBody } from "../../http/read-body.ts";
import type { Env } from "../../http/serve-exchange.ts";
import { openEventStream } from "../../page-server/event-stream.ts";
import { loadPageFiles } from "../../page-server/load-page-files.ts";
import type { PageFiles } from "../../page-server/page-files.ts";
import { pageHeaders, pageHtml } from "../../page-server/page-html.ts";
import { isOwnHost, isSameOrigin } from "../../page-server/same-origin.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import type { World } from "../world/world.ts";
import { inspectCard } from "./inspect-card.ts";
import { type PageAction, performPageAction } from "./page-actions.ts";
import { createPageFeed } from "./page-feed.ts";

export interface PageParts {
  world: World;
  emulator: FeishuEmulator;
  /** Name or address that the server was told to listen on. */
  host: string;
}

export interface PageApp {
  routes: Hono<Env>;
  close(): void;
}

const MAX_BODY_BYTES = 512 * 1024;
const MESSAGES = { default: 50, max: 1000 };

/** Serves the live page: its document at `/`, and everything that it loads under `/page/`. */
export function createPageApp(parts: PageParts): PageApp {
  const { world, host } = parts;
  const feed = createPageFeed(world);
  const routes = new Hono<Env>();
  let files: Promise<PageFiles> | undefined;
  const file = async (
    context: Context<Env>,
    kind: keyof PageFiles,
    contentType: string,
  ): Promise<Response> => {
    files ??= loadPageFiles();
    const headers = { "content-type": contentType, "cache-control": "no-cache" };
    return context.body((await files)[kind], 200, headers);
  };

  routes.use("/", ownHostOnly(host));
  routes.use("/page/*", ownHostOnly(host), samePageOnly);

  routes.get("/", (context) => context.body(pageHtml, 200, pageHeaders));
  routes.get("/page/main.js", (context) => file(context, "script", "text/javascript; charset=utf-8"));
  routes.get("/page/main.css", (context) => file(context, "style", "text/css; charset=utf-8"));

  routes.get("/page/events", (context) => {
    const { outgoing } = context.env;
    const count = Number(context.req.query("count") ?? MESSAGES.default);
    const disconnect = feed.connect({
      person: personOf(world, context.req.query("as")) ?? parts.emulator.person,
      chatId: context.req.query("chat"),
      messageCount: Math.min(Math.max(1, Math.floor(count) || MESSAGES.default), MESSAGES.max),
      send: openEventStream(outgoing),
    });
    outgoing.once("close", disconnect);
    return RESPONSE_ALREADY_SENT;
  });

  routes.get("/page/inspection", (context) => {
    const { outgoing } = context.env;
    const inspection = { world, requests: () => parts.emulator.requests() };
    const end = inspectCard(inspection, context.req.query("message") ?? "", openEventStream(outgoing));
    outgoing.once("close", end);
    return RESPONSE_ALREADY_SENT;
  });

  routes.get("/page/images/:key", (context) => {
    const image = world.images.get(context.req.param("key"));
    if (image === undefined) return context.notFound();
    return context.body(Uint8Array.from(image.bytes), 200, { "content-type": image.contentType });
  });

  for (const action of ["say", "click", "recall"] as const) {
    routes.post(`/page/${action}`, (context) => act(context, parts, action));
  }
  return { routes, close: () => feed.close() };
}

function personOf({ people }: World, openId: string | undefined) {
  return people.find((person) => person.openId === openId);
}

async function act(context: Context<Env>, parts: PageParts, action: PageAction): Promise<Response> {
  if (!/^application\/json\b/i.test(context.req.header("content-type") ?? "")) {
    return context.json({ error: "The body must be JSON." }, 415);
  }
  const body = await readBody(context.req.raw, MAX_BODY_BYTES);
  if (body === "hung-up") return RESPONSE_ALREADY_SENT;
  if (body === "too-large") return context.json({ error: "The body is too large." }, 413);
  try {
    const reply = await performPageAction(parts, action, body);
    return reply === undefined ? context.body(null, 204) : context.json(reply);
  } catch (error) {
    // A TypeError says that something in the request does not exist. Any other error is a defect of the emulator.
    if (!(error instanceof TypeError)) throw error;
    return context.json({ error: error.message }, 400);
  }
}

function ownHostOnly(listeningHost: string): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (!isOwnHost(context.req.header("host"), listeningHost)) {
      return context.text(`Open this page by the address that the emulator printed.`, 403);
    }
    await next();
    if (context.res !== RESPONSE_ALREADY_SENT) context.header("x-content-type-options", "nosniff");
  };
}

const samePageOnly: MiddlewareHandler<Env> = async (context, next) => {
  const { req } = context;
  const from = {
    host: req.header("host"),
    origin: req.header("origin"),
    fetchSite: req.header("sec-fetch-site"),
  };
  if (!isSameOrigin(from)) return context.text("Only the page itself may ask for this.", 403);
  await next();
  if (context.res !== RESPONSE_ALREADY_SENT) context.header("cross-origin-resource-policy", "same-origin");
};
