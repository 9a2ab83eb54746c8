import type { IconName } from "../../parts/icon.ts";

// The platform's icons are its own; what is drawn instead has about the same meaning. First match wins.
const MEANINGS: readonly (readonly [RegExp, IconName])[] = [
  [/robot|myai|ai-/, "robot"],
  [/chat|message|comment|bubble/, "chat"],
  [/yes|done|check|success|succeed/, "check"],
  [/close|no_|error|fail|cancel/, "close"],
  [/time|clock|alarm|history|wait/, "time"],
  [/warning|maybe|report/, "warning"],
  [/info|help|doubt/, "info"],
  [/search|find|magnify/, "search"],
  [/edit|pen|write/, "edit"],
  [/link|url/, "link"],
  [/code|bitable|api|terminal/, "code"],
  [/calendar|date/, "calendar"],
  [/group|member|person|user|contact/, "person"],
  [/star|fav|collect|sparkle|magic/, "star"],
  [/refresh|reset|loading|sync|repeat/, "refresh"],
  [/stop|pause/, "stop"],
  [/play|run|start/, "play"],
  [/thumb|like|upvote/, "thumb"],
  [/reply|forward|share/, "reply"],
  [/more/, "more"],
  [/file|doc|sheet|slide|wiki|folder|book|note/, "file"],
  [/down/, "down"],
  [/up/, "up"],
  [/left/, "left"],
  [/right/, "right"],
];

/** The icon for one of the platform's tokens, such as `"down-small-ccm_outlined"`. */
export function standardIcon(token: string): IconName {
  return MEANINGS.find(([pattern]) => pattern.test(token))?.[1] ?? "dot";
}
