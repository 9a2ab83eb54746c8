import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import type { Exchange } from "../exchange/exchange.ts";
import { readBody } from "../http/read-body.ts";
import type { ApiRequest } from "./api/api-call.ts";

export type Env = { Bindings: HttpBindings };

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The API over HTTP, and what else is served beside it. Every path that nobody takes belongs to the API. */
export function createHttpApp(exchange: Exchange, others: readonly Hono<Env>[] = []): Hono<Env> {
  const app = new Hono<Env>();
  const serve = async (context: Context<Env>): Promise<Response> => {
    const body = await readBody(context.req.raw, MAX_BODY_BYTES);
    if (body === "hung-up") return RESPONSE_ALREADY_SENT;
    if (body === "too-large") return context.json({ code: 9499, msg: "Bad Request" }, 413);
    const url = new URL(context.req.url);
    const { method, headers } = context.req.raw;
    return converse(
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

function converse(exchange: Exchange, request: ApiRequest, { outgoing }: HttpBindings): Promise<Response> {
  return new Promise((resolve) => {
    const giveUp = exchange.send(request, (outcome) => {
      if (outcome.type === "answer") return resolve(new Response(outcome.answer.body, outcome.answer));
      outgoing.socket?.destroy();
      resolve(RESPONSE_ALREADY_SENT);
    });
    outgoing.once("close", () => {
      giveUp();
      resolve(RESPONSE_ALREADY_SENT);
    });
  });
}
