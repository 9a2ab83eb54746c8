import { createExchange, type Exchange } from "../../exchange/exchange.ts";
import { createFaults, type Faults } from "../../exchange/faults.ts";
import { createRequestLog, type RequestLog } from "../../exchange/request-log.ts";
import { systemClock } from "../../ground/clock.ts";
import { createFeed } from "../../ground/feed.ts";
import type { AppEvents } from "../events/app-events.ts";
import { createGateway } from "../gateway/gateway.ts";
import { addGroup, directChat } from "../world/add-chat.ts";
import { createWorld } from "../world/create-world.ts";
import { defaultHistory } from "../world/history.ts";
import type { FeishuEmulatorOptions } from "./emulator-options.ts";

/** Parts of an emulator. */
export interface EmulatorParts extends AppEvents {
  readonly exchange: Exchange;
  readonly log: RequestLog;
  readonly faults: Faults;
  /** Ids of the two chats that every emulator begins with. */
  readonly chats: { group: string; direct: string };
}

/** @throws {TypeError} when an option has a value that it cannot have. */
export function createEmulatorParts(options: FeishuEmulatorOptions): EmulatorParts {
  const clock = options.clock ?? systemClock;
  const world = createWorld(options, clock);
  const [app] = world.apps;
  const [person] = world.people;
  if (app === undefined || person === undefined) throw new TypeError("An emulator needs at least one app.");
  const log = createRequestLog(options.history?.requests ?? defaultHistory.requests);
  const faults = createFaults();
  return {
    world,
    log,
    faults,
    exchange: createExchange({
      clock,
      platform: createGateway(world, log),
      faults,
      latency: options.latency,
      onLogged: (request) => world.changes.emit({ type: "request-logged", request }),
    }),
    messageReceived: createFeed(),
    messageRecalled: createFeed(),
    cardClicked: createFeed(),
    chats: {
      group: addGroup(world, { name: "Team" }).chatId,
      direct: directChat(world, app, person).chatId,
    },
  };
}
