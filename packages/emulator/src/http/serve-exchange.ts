import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { ApiRequest } from "../exchange/api-request.ts";
import type { Exchange } from "../exchange/exchange.ts";

/** Environment of the Hono apps: Node's own request and response. */
export type Env = { Bindings: HttpBindings };

/** Answers an HTTP request through the exchange. A reset breaks the socket, and a caller that hangs up gives up. */
export function serveExchange(
  exchange: Exchange,
  request: ApiRequest,
  { outgoing }: HttpBindings,
): Promise<Response> {
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
