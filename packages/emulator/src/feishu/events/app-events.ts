import type { Feed } from "../../ground/feed.ts";
import type { Interaction } from "../people/interaction.ts";
import type { MessageRecalledEvent } from "../people/recall.ts";
import type { ReceiveMessageEvent } from "../people/say.ts";
import type { World } from "../world/world.ts";

/** The world, and the events in it that apps can subscribe to. */
export interface AppEvents {
  readonly world: World;
  readonly messageReceived: Feed<ReceiveMessageEvent>;
  readonly messageRecalled: Feed<MessageRecalledEvent>;
  readonly cardClicked: Feed<Interaction>;
}
