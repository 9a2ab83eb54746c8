import type { ApiAnswer, ApiRequest } from "../../exchange/api-request.ts";
import type { OpenRequest } from "../../exchange/request-log.ts";
import { isJsonObject, type JsonObject, type JsonValue, type ParsedJson } from "../../ground/json.ts";
import type { ApiResult } from "../api/api-call.ts";
import { badRequest, PlatformError } from "../rules/platform-error.ts";
import type { App } from "../world/app.ts";
import type { World } from "../world/world.ts";
import { handlers } from "./handlers.ts";
import { issueToken } from "./issue-token.ts";
import type { Route, RouteMatch } from "./routes.ts";

/** A request that has arrived, with its route, and its body parsed if it is JSON. */
export interface Arrival {
  readonly request: ApiRequest;
  readonly match: RouteMatch;
  readonly body: ParsedJson;
  readonly record: OpenRequest;
}

/** Carries a request out, or answers with a refusal. No content of a request makes it throw. */
export function answerRequest(world: World, arrival: Arrival): ApiAnswer {
  const { record } = arrival;
  try {
    const result = carryOut(world, arrival);
    record.status = 200;
    if ("json" in result) {
      record.code = 0;
      record.msg = textOf(result.json.msg);
      return jsonAnswer(result.json, { status: 200, logId: record.logId });
    }
    return {
      status: 200,
      headers: { "content-type": result.contentType, "x-tt-logid": record.logId },
      body: Uint8Array.from(result.bytes),
    };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    record.status = error.status;
    record.code = error.code;
    record.msg = error.message;
    const body = { ...error.body, error: { log_id: record.logId, ...error.error } };
    return jsonAnswer(body, { status: error.status, headers: error.headers, logId: record.logId });
  }
}

function carryOut(world: World, { request, match, body, record }: Arrival): ApiResult {
  if (match.type === "no-such-path")
    throw new PlatformError({ status: 404, code: 99991201, msg: "resource not find" });
  if (match.type === "no-such-method") {
    throw new PlatformError({ status: 405, code: 99991301, msg: "request method doesn't match" });
  }
  const { route, params } = match;
  const { operation } = route;
  const now = world.clock.now();
  if (operation === "token") {
    const token = issueToken(world, requireObject(request, body), request.path);
    record.appId = textOf(isJsonObject(record.body) ? record.body.app_id : undefined);
    record.applied = true;
    return { json: token };
  }
  if (operation === "unknown") throw badRequest();

  const app = world.tokens.appOf(request.headers.get("authorization"), now);
  record.appId = app.appId;
  checkScopes(app, route);
  world.limits.admit(app, operation, now);
  const takesJson = !BODILESS.has(operation);
  const fields = takesJson ? requireObject(request, body) : {};
  return handlers[operation]({ world, app, request, params, body: fields, record, now });
}

const BODILESS: ReadonlySet<string> = new Set(["recall", "read", "image", "image-download", "bot"]);

function checkScopes(app: App, { scopes }: Route): void {
  const granted = app.scopes;
  if (scopes.length === 0 || granted === "all" || scopes.some((scope) => granted.has(scope))) return;
  const url = `https://open.feishu.cn/app/${app.appId}/auth`;
  throw new PlatformError({
    code: 99991672,
    msg: `Access denied. One of the following scopes is required: [${scopes.join(", ")}]. ${url}`,
    error: {
      permission_violations: scopes.map((scope) => ({
        type: "action_scope_required",
        subject: scope,
        scope,
        url,
      })),
      helps: [{ url, description: "grant the scope" }],
    },
  });
}

function requireObject({ headers }: ApiRequest, body: ParsedJson): JsonObject {
  const isJson = /^application\/json\b/i.test(headers.get("content-type") ?? "");
  if (!isJson || !body.ok || !isJsonObject(body.value)) throw badRequest();
  return body.value;
}

interface Head {
  status: number;
  headers?: Record<string, string>;
  logId: string;
}

function jsonAnswer(body: JsonObject, { status, headers = {}, logId }: Head): ApiAnswer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "x-tt-logid": logId, ...headers },
    body: JSON.stringify(body),
  };
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
