import type { BoundedMap } from "../../ground/bounded-map.ts";
import type { Clock } from "../../ground/clock.ts";
import type { Ids } from "../../ground/ids.ts";
import type { CardEntity } from "../cards/card-entity.ts";
import type { CardTemplate } from "../cards/card-template.ts";
import type { FeishuRules } from "../rules/feishu-rules.ts";
import type { TokenStore } from "./access-token.ts";
import type { ApiLimits } from "./api-limits.ts";
import type { App } from "./app.ts";
import type { Feed, WorldChange } from "./change.ts";
import type { Chat } from "./chat.ts";
import type { Message } from "./message.ts";
import type { Person } from "./person.ts";

/** An uploaded image. */
interface Image {
  readonly appId: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Everything that the emulated platform knows. Operations read and change it; nothing else holds state. */
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
  /** Messages that were sent under a uuid, for the hour in which it is not sent again. */
  readonly sentUuids: BoundedMap<string, { messageId: string; time: number }>;
  readonly tokens: TokenStore;
  readonly limits: ApiLimits;
  readonly changes: Feed<WorldChange>;
  /** How many operations the history of one card keeps. */
  readonly maxOperations: number;
}
