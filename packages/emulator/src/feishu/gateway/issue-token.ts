import type { JsonObject } from "../../ground/json.ts";
import { bodyFields } from "../api/body-fields.ts";
import { PlatformError } from "../rules/platform-error.ts";
import type { World } from "../world/world.ts";

/**
 * Issues an app's access token. The answer has no `data` object around it.
 *
 * @throws {PlatformError} with HTTP status 200, as the official SDKs expect, when the credentials are wrong or the app is not in use.
 */
export function issueToken(world: World, body: JsonObject, path: string): JsonObject {
  const { appId, appSecret } = readCredentials(body);
  const app = world.apps.find((candidate) => candidate.appId === appId);
  if (app === undefined) throw refusal(20002, "app_id and app_secret did not match");
  if (app.appSecret !== appSecret) throw refusal(10015, "wrong app secret");
  if (!app.isEnabled) throw refusal(10014, "app unauthorized");
  const { token, expire } = world.tokens.issue(app, world.clock.now());
  const appToken: JsonObject = path.includes("app_access_token") ? { app_access_token: token } : {};
  return { code: 0, msg: "ok", ...appToken, tenant_access_token: token, expire };
}

function readCredentials(body: JsonObject): { appId: string; appSecret: string } {
  const outOfRange = () => refusal(10003, "invalid param");
  try {
    const fields = bodyFields(body, outOfRange);
    return { appId: fields.string("app_id", { min: 1 }), appSecret: fields.string("app_secret", { min: 1 }) };
  } catch {
    throw outOfRange();
  }
}

function refusal(code: number, msg: string): PlatformError {
  return new PlatformError({ status: 200, code, msg });
}
