import type { IconName } from "../../parts/icon.ts";

// Icons with about the same meaning, drawn because the platform's icons are its own. The first match counts.
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

/** Chooses an icon for a token of the platform, such as `"down-small-ccm_outlined"`. An unknown token is a dot. */
export function standardIcon(token: string): IconName {
  return MEANINGS.find(([pattern]) => pattern.test(token))?.[1] ?? "dot";
}
