import type { Platform } from "../../exchange/platform.ts";
import type { OpenRequest, RequestLog } from "../../exchange/request-log.ts";
import { noteOperation, type OperationRecord } from "../cards/card-entity.ts";
import type { World } from "../world/world.ts";
import { answerRequest } from "./answer-request.ts";
import { receiveRequest } from "./receive-request.ts";
import { matchRoute } from "./routes.ts";

/** Makes the door of the platform: it routes, logs and answers requests to the world. */
export function createGateway(world: World, log: RequestLog): Platform {
  return {
    route: (request) => {
      const match = matchRoute(
        request.method,
        request.path,
        (operation) => operation !== "id-convert" || world.rules.idConvert === "on",
      );
      return {
        operation: match.type === "found" ? match.route.operation : "unknown",
        receive: () => {
          const arrival = receiveRequest(log, { request, match, now: world.clock.now() });
          const { record } = arrival;
          let noted: OperationRecord | undefined;
          return {
            record,
            carryOut: () => {
              const answer = answerRequest(world, arrival);
              noted = noteOnCard(world, record);
              return answer;
            },
            noteAnswered: (time) => {
              record.answeredAt = time;
              if (noted !== undefined) noted.answeredAt = time;
            },
          };
        },
      };
    },
  };
}

const CARD_OPERATIONS: ReadonlySet<string> = new Set(
  "create update settings batch add replace patch delete content".split(" "),
);

/** Adds a request to the history of the card that it made or addressed. */
function noteOnCard({ cards }: World, record: OpenRequest): OperationRecord | undefined {
  const { operation, cardId } = record;
  const entity = CARD_OPERATIONS.has(operation) && cardId !== undefined ? cards.get(cardId) : undefined;
  return entity === undefined ? undefined : noteOperation(entity, record);
}
