import { ApiBudgets, type Rate } from "../api/api-budgets.ts";
import type { FeishuClientOptions } from "../api/feishu-client.ts";
import { type Credentials, TenantAccessToken } from "../api/tenant-access-token.ts";
import { ImageStore } from "../images/image-store.ts";

/** The tokens, budgets and images of one app at one domain, shared by all of its cards. */
export class AppState {
  readonly images = new ImageStore();
  readonly #client: FeishuClientOptions;
  /** Token sources by secret, because a secret that was changed gets tokens of its own. */
  readonly #tokens = new Map<string, TenantAccessToken>();
  readonly #budgets = new Map<Rate, ApiBudgets>();

  /** @param client Fetches the tokens; its clock counts the calls. */
  constructor(client: FeishuClientOptions) {
    this.#client = client;
  }

  tokens(credentials: Credentials): TenantAccessToken {
    const { appSecret } = credentials;
    const known = this.#tokens.get(appSecret) ?? new TenantAccessToken(this.#client, credentials);
    this.#tokens.set(appSecret, known);
    return known;
  }

  budgets(rate: Rate): ApiBudgets {
    const known = this.#budgets.get(rate) ?? new ApiBudgets(this.#client.clock, rate);
    this.#budgets.set(rate, known);
    return known;
  }
}
