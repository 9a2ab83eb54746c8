import type { BoundedMap } from "../../ground/bounded-map.ts";
import type { Clock } from "../../ground/clock.ts";
import type { Feed } from "../../ground/feed.ts";
import type { Ids } from "../../ground/ids.ts";
import type { CardEntity } from "../cards/card-entity.ts";
import type { CardTemplate } from "../cards/card-template.ts";
import type { FeishuRules } from "../rules/feishu-rules.ts";
import type { TokenStore } from "./access-token.ts";
import type { ApiLimits } from "./api-limits.ts";
import type { App } from "./app.ts";
import type { WorldChange } from "./change.ts";
import type { Chat } from "./chat.ts";
import type { Message } from "./message.ts";
import type { Person } from "./person.ts";

/** An uploaded image. */
interface Image {
  /** App that uploaded it. */
  readonly appId: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** State of the emulated platform. Operations read and change it and keep no state of their own. */
export interface World {
  readonly clock: Clock;
  readonly rules: FeishuRules;
  readonly ids: Ids;
  readonly tenantKey: string;
  readonly apps: readonly App[];
  readonly people: Person[];
  readonly chats: Map<string, Chat>;
  readonly messages: BoundedMap<string, Message>;
  readonly cards: BoundedMap<string, CardEntity>;
  readonly images: BoundedMap<string, Image>;
  readonly templates: Map<string, CardTemplate>;
  /** Messages by app id and uuid. For an hour, the same uuid answers with the same message and sends no other. */
  readonly sentUuids: BoundedMap<string, { messageId: string; time: number }>;
  readonly tokens: TokenStore;
  readonly limits: ApiLimits;
  readonly changes: Feed<WorldChange>;
  /** Number of operations that the history of one card keeps. */
  readonly maxOperations: number;
}
