import { systemClock } from "@streamcard/core/driver";
import { driverContract } from "@streamcard/core/testing";
import { createFeishuEmulator } from "@streamcard/emulator";
import { describe, it } from "vitest";
import { ApiBudgets } from "../api/api-budgets.ts";
import { FeishuApi } from "../api/feishu-api.ts";
import { TenantAccessToken } from "../api/tenant-access-token.ts";
import { seenCard } from "../testing/seen-card.ts";
import { createFeishuDriver } from "./create-feishu-driver.ts";

describe("given the Feishu driver", () => {
  const emulator = createFeishuEmulator({ rules: { cardLimit: "never" } });
  const client = { domain: emulator.url, fetch: emulator.fetch, clock: systemClock };
  const tokens = new TenantAccessToken(client, emulator.credentials);
  const rules = driverContract({
    createDriver: () =>
      createFeishuDriver(new FeishuApi(client, tokens, new ApiBudgets(systemClock)), {
        target: { type: "receiver", receiveId: emulator.addChat(), receiveIdType: "chat_id" },
      }),
    readCard: (cardId) => {
      const card = emulator.card(cardId);
      return {
        texts: seenCard(card).texts,
        hasStatus: seenCard(card).status !== undefined,
        isStreaming: card.streaming,
        summary: card.summary,
      };
    },
  });
  for (const { title, run } of rules) it(title, run);
});
