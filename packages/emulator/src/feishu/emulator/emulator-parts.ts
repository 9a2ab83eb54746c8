import { createExchange, type Exchange } from "../../exchange/exchange.ts";
import { createFaults, type Faults } from "../../exchange/faults.ts";
import { createRequestLog, type RequestLog } from "../../exchange/request-log.ts";
import { systemClock } from "../../ground/clock.ts";
import { directChat } from "../im/receiver.ts";
import type { Interaction } from "../people/click.ts";
import type { MessageRecalledEvent } from "../people/recall.ts";
import type { ReceiveMessageEvent } from "../people/say.ts";
import { createFeed, type Feed } from "../world/change.ts";
import { addGroup, createWorld } from "../world/create-world.ts";
import type { World } from "../world/world.ts";
import { defaultHistory, type FeishuEmulatorOptions } from "./emulator-options.ts";

/** What an emulator is made of. */
export interface EmulatorParts {
  readonly world: World;
  readonly exchange: Exchange;
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly spoken: Feed<ReceiveMessageEvent>;
  readonly recalled: Feed<MessageRecalledEvent>;
  readonly clicked: Feed<Interaction>;
  readonly chats: { group: string; direct: string };
}

export function createEmulatorParts(options: FeishuEmulatorOptions): EmulatorParts {
  const world = createWorld(options, options.clock ?? systemClock);
  const [app] = world.apps;
  const [person] = world.people;
  if (app === undefined || person === undefined) throw new TypeError("An emulator needs at least one app.");
  const log = createRequestLog(options.history?.requests ?? defaultHistory.requests);
  const faults = createFaults();
  return {
    world,
    log,
    faults,
    exchange: createExchange({ world, log, faults, latency: options.latency }),
    spoken: createFeed(),
    recalled: createFeed(),
    clicked: createFeed(),
    chats: {
      group: addGroup(world, { name: "Team" }).chatId,
      direct: directChat(world, app, person).chatId,
    },
  };
}
