import type { OpenRequest } from "../../exchange/request-log.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { ReadContext } from "../cards/read-context.ts";
import type { App } from "../world/app.ts";
import type { World } from "../world/world.ts";

/** A request as the transport received it. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string | Uint8Array;
}

/** An answer for the transport to send. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** A request that the gateway let through. */
export interface ApiCall {
  readonly world: World;
  readonly app: App;
  readonly request: ApiRequest;
  /** What the placeholders of the path stand for. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  /** Where the call is logged; it learns what the operation finds out. */
  readonly record: OpenRequest;
  readonly now: number;
}

/** What an operation gives back: a body of JSON, or the bytes of a file. */
export type ApiResult = { json: JsonObject } | { bytes: Uint8Array; contentType: string };

export type Handler = (call: ApiCall) => ApiResult;

export function success(data: JsonObject = {}, msg = "success"): ApiResult {
  return { json: { code: 0, msg, data } };
}

export function param(call: ApiCall, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`The route of ${call.request.path} has no ":${name}".`);
  return value;
}

/** What cards of the calling app are read against. */
export function readContextOf({ world, app, record }: ApiCall): ReadContext {
  return {
    rules: world.rules,
    isKnownImage: (key) => world.images.get(key)?.appId === app.appId,
    warn: (text) => record.warnings.push(text),
  };
}
