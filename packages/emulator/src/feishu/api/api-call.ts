import type { ApiRequest } from "../../exchange/api-request.ts";
import type { OpenRequest } from "../../exchange/request-log.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { ReadContext } from "../cards/read-context.ts";
import type { App } from "../world/app.ts";
import { cardReadContext } from "../world/card-read-context.ts";
import type { World } from "../world/world.ts";

/** A request that the gateway has let through: known path, valid token, scopes, rate. */
export interface ApiCall {
  readonly world: World;
  readonly app: App;
  readonly request: ApiRequest;
  /** Values of the path's placeholders, by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  /** Entry of the call in the request log. The operation fills in `applied`, ids and warnings. */
  readonly record: OpenRequest;
  readonly now: number;
}

/** Result of an operation: a JSON body, or the bytes of a file. */
export type ApiResult = { json: JsonObject } | { bytes: Uint8Array; contentType: string };

/** Carries out an operation. @throws {PlatformError} when the platform refuses it. */
export type Handler = (call: ApiCall) => ApiResult;

/** Makes the result of an operation that succeeded: code 0. */
export function success(data: JsonObject = {}, msg = "success"): ApiResult {
  return { json: { code: 0, msg, data } };
}

/** Reads a placeholder of the call's path. @throws {Error} when the route has no such placeholder. */
export function param(call: ApiCall, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`The route of ${call.request.path} has no ":${name}".`);
  return value;
}

/** Makes the context in which the calling app's cards are read. Warnings go into the request log. */
export function readContextOf({ world, app, record }: ApiCall): ReadContext {
  return cardReadContext(world, app, (text) => record.warnings.push(text));
}
