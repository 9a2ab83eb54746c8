import type { ApiRequest } from "../../exchange/api-request.ts";
import type { OpenRequest, RequestLog } from "../../exchange/request-log.ts";
import { isJsonObject, type JsonValue, type ParsedJson, parseJson, utf8Bytes } from "../../ground/json.ts";
import type { Arrival } from "./answer-request.ts";
import { createLogId } from "./log-id.ts";
import type { RouteMatch } from "./routes.ts";

interface Receipt {
  request: ApiRequest;
  match: RouteMatch;
  now: number;
}

/** Parses a request that arrives and logs it. */
export function receiveRequest(log: RequestLog, receipt: Receipt): Arrival {
  const { request, match, now } = receipt;
  const body = parseBody(request);
  const record = log.add(describe(receipt, body));
  record.logId = createLogId(now, record.index);
  return { request, match, body, record };
}

function describe({ request, match, now }: Receipt, body: ParsedJson): Omit<OpenRequest, "index"> {
  const {
    card_id: cardId,
    element_id: elementId,
    message_id: messageId,
  } = match.type === "found" ? match.params : {};
  const fields = body.ok && isJsonObject(body.value) ? body.value : {};
  const { sequence, uuid } = fields;
  return {
    time: now,
    method: request.method,
    path: request.path,
    query: Object.fromEntries(request.query),
    operation: match.type === "found" ? match.route.operation : "unknown",
    body: body.ok ? masked(body.value) : undefined,
    requestBytes: typeof request.body === "string" ? utf8Bytes(request.body) : request.body.byteLength,
    logId: "",
    appId: undefined,
    cardId,
    elementId,
    messageId,
    sequence: typeof sequence === "number" ? sequence : undefined,
    uuid: typeof uuid === "string" ? uuid : undefined,
    status: undefined,
    code: undefined,
    msg: undefined,
    applied: false,
    answeredAt: undefined,
    fault: undefined,
    warnings: [],
  };
}

function parseBody({ body, headers }: ApiRequest): ParsedJson {
  if (body.length === 0) return { ok: false };
  if (/^multipart\//i.test(headers.get("content-type") ?? "")) return { ok: false };
  return parseJson(typeof body === "string" ? body : new TextDecoder().decode(body));
}

// Hides the app secret, because logs are printed and pasted.
function masked(body: JsonValue): JsonValue {
  return isJsonObject(body) && "app_secret" in body ? { ...body, app_secret: "***" } : body;
}
