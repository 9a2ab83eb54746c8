import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import type { Exchange } from "./exchange.ts";
import type { ApiRequest } from "./gateway/api-call.ts";

type Env = { Bindings: HttpBindings };

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The API over HTTP. A page can be put beside it; every path that is not taken belongs to the API. */
export function createHttpApp(exchange: Exchange): Hono<Env> {
  const app = new Hono<Env>();
  const serve = async (context: Context<Env>): Promise<Response> => {
    const body = await readBody(context.req.raw);
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

async function readBody(request: Request): Promise<Uint8Array | "too-large" | "hung-up"> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return "too-large";
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > MAX_BODY_BYTES) return "too-large";
      chunks.push(chunk);
    }
  } catch {
    // The body of a request breaks off only when its sender does, and then nobody is left to be told.
    return "hung-up";
  }
  return Buffer.concat(chunks);
}
