import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import type { Exchange } from "../exchange/exchange.ts";
import { readBody } from "../http/read-body.ts";
import { type Env, serveExchange } from "../http/serve-exchange.ts";

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Serves the API over HTTP, and `others` beside it. Every path that no other app takes belongs to the API. */
export function createHttpApp(exchange: Exchange, others: readonly Hono<Env>[] = []): Hono<Env> {
  const app = new Hono<Env>();
  const serve = async (context: Context<Env>): Promise<Response> => {
    const body = await readBody(context.req.raw, MAX_BODY_BYTES);
    if (body === "hung-up") return RESPONSE_ALREADY_SENT;
    if (body === "too-large") return context.json({ code: 9499, msg: "Bad Request" }, 413);
    const url = new URL(context.req.url);
    const { method, headers } = context.req.raw;
    return serveExchange(
      exchange,
      { method, path: url.pathname, query: url.searchParams, headers, body },
      context.env,
    );
  };
  app.all("/open-apis/*", serve);
  for (const other of others) app.route("/", other);
  app.notFound(serve);
  return app;
}
