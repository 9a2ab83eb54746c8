import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { readBody } from "../../http/read-body.ts";
import type { Env } from "../../http/serve-exchange.ts";
import { ENDPOINT_PATH, type LongConnections } from "./long-connections.ts";

const MAX_BODY_BYTES = 64 * 1024;

/** Serves the endpoint at which clients of the official SDKs ask for the address of their long connection. */
export function createEndpointApp(connections: LongConnections): Hono<Env> {
  const app = new Hono<Env>();
  app.post(ENDPOINT_PATH, async (context) => {
    const body = await readBody(context.req.raw, MAX_BODY_BYTES);
    if (body === "hung-up") return RESPONSE_ALREADY_SENT;
    if (body === "too-large") return context.json({ code: 9499, msg: "Bad Request", data: {} }, 413);
    return context.json(connections.answerEndpoint(body));
  });
  return app;
}
