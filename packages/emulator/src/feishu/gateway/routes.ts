import type { Operation } from "../../exchange/operation.ts";

export interface Route {
  method: string;
  operation: Operation;
  /** Scopes, any one of which admits the caller. Empty: no scope is needed. */
  scopes: readonly string[];
  segments: readonly string[];
}

export type RouteMatch =
  | { type: "found"; route: Route; params: Record<string, string> }
  | { type: "no-such-path" }
  | { type: "no-such-method" };

const CARD_WRITE = ["cardkit:card:write"];
const CARD_READ = ["cardkit:card:read"];
const SEND = ["im:message", "im:message:send_as_bot", "im:message:send"];
const EDIT = [...SEND, "im:message:update"];
const RECALL = [...SEND, "im:message:recall"];
const READ = ["im:message", "im:message:readonly", "im:message.history:readonly"];
const RESOURCE = ["im:resource", "im:resource:upload"];

const ROUTES: readonly Route[] = [
  route("POST", "/auth/v3/tenant_access_token/internal", "token"),
  route("POST", "/auth/v3/app_access_token/internal", "token"),
  route("GET", "/bot/v3/info", "bot"),
  route("POST", "/cardkit/v1/cards", "create", CARD_WRITE),
  route("POST", "/cardkit/v1/cards/id_convert", "id-convert", CARD_READ),
  route("PUT", "/cardkit/v1/cards/:card_id", "update", CARD_WRITE),
  route("PATCH", "/cardkit/v1/cards/:card_id/settings", "settings", CARD_WRITE),
  route("POST", "/cardkit/v1/cards/:card_id/batch_update", "batch", CARD_WRITE),
  route("POST", "/cardkit/v1/cards/:card_id/elements", "add", CARD_WRITE),
  route("PUT", "/cardkit/v1/cards/:card_id/elements/:element_id", "replace", CARD_WRITE),
  route("PATCH", "/cardkit/v1/cards/:card_id/elements/:element_id", "patch", CARD_WRITE),
  route("DELETE", "/cardkit/v1/cards/:card_id/elements/:element_id", "delete", CARD_WRITE),
  route("PUT", "/cardkit/v1/cards/:card_id/elements/:element_id/content", "content", CARD_WRITE),
  route("POST", "/im/v1/messages", "send", SEND),
  route("POST", "/im/v1/messages/:message_id/reply", "reply", SEND),
  route("PATCH", "/im/v1/messages/:message_id", "message-patch", EDIT),
  route("PUT", "/im/v1/messages/:message_id", "message-edit", EDIT),
  route("DELETE", "/im/v1/messages/:message_id", "recall", RECALL),
  route("GET", "/im/v1/messages/:message_id", "read", READ),
  route("POST", "/im/v1/images", "image", RESOURCE),
  route("GET", "/im/v1/images/:image_key", "image-download", ["im:resource"]),
];

/** Finds the API that a method and path name. An API that is not available is answered as an unknown path. */
export function matchRoute(
  method: string,
  path: string,
  isAvailable: (operation: Operation) => boolean,
): RouteMatch {
  const segments = pathSegments(path);
  if (segments === undefined) return { type: "no-such-path" };
  let isPathKnown = false;
  for (const candidate of ROUTES) {
    const params = matchSegments(candidate.segments, segments);
    if (params === undefined) continue;
    if (candidate.method === method) {
      return isAvailable(candidate.operation)
        ? { type: "found", route: candidate, params }
        : { type: "no-such-path" };
    }
    isPathKnown = true;
  }
  return { type: isPathKnown ? "no-such-method" : "no-such-path" };
}

function route(method: string, path: string, operation: Operation, scopes: readonly string[] = []): Route {
  return { method, operation, scopes, segments: `/open-apis${path}`.split("/").slice(1) };
}

function pathSegments(path: string): string[] | undefined {
  const segments = path.split("/").slice(1);
  // Some paths in the platform's own samples end with a slash.
  if (segments.at(-1) === "") segments.pop();
  if (!path.includes("%")) return segments;
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined || segment === "") return undefined;
    if (expected.startsWith(":")) params[expected.slice(1)] = segment;
    else if (expected !== segment) return undefined;
  }
  return params;
}
