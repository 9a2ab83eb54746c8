import type { JsonObject } from "../../ground/json.ts";
import { createManualClock, type ManualClock } from "../../testing/manual-clock.ts";
import { createFeishuEmulator } from "../emulator/create-feishu-emulator.ts";
import type { FeishuEmulatorOptions } from "../emulator/emulator-options.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import type { FeishuRules } from "../rules/feishu-rules.ts";
import { type ApiClient, createApiClient } from "./api-client.ts";
import { markdown, streamingCard } from "./cards.ts";

/** An emulator in virtual time, and an app that is signed in to it. */
export interface Tenant {
  clock: ManualClock;
  emulator: FeishuEmulator;
  api: ApiClient;
}

/** A tenant in which a card was created. */
export interface TenantWithCard extends Tenant {
  cardId: string;
}

export async function setUpTenant(options: Omit<FeishuEmulatorOptions, "clock"> = {}): Promise<Tenant> {
  const clock = createManualClock();
  const emulator = createFeishuEmulator({ ...options, clock });
  return { clock, emulator, api: await createApiClient(emulator) };
}

/** Sets up a tenant with a card. @defaultValue a streaming card with one text, "answer" */
export async function setUpCard(
  rules: Partial<FeishuRules> = {},
  card: JsonObject = streamingCard(markdown("answer")),
): Promise<TenantWithCard> {
  const tenant = await setUpTenant({ rules });
  return { ...tenant, cardId: await tenant.api.create(card) };
}
