import type { Clock } from "@streamcard/core";
import { callFeishu, type FeishuClientOptions, type FeishuRequest, type Meter } from "./feishu-client.ts";
import { FeishuApiError } from "./feishu-error.ts";
import type { TokenSource } from "./tenant-access-token.ts";

/** The platform's API with the app's token, and a count of what its use has cost. */
export class FeishuApi {
  readonly #client: FeishuClientOptions;
  readonly #tokens: TokenSource;
  readonly meter: Meter = { calls: 0, bytes: 0 };

  constructor(client: FeishuClientOptions, tokens: TokenSource) {
    this.#client = client;
    this.#tokens = tokens;
  }

  get clock(): Clock {
    return this.#client.clock;
  }

  /**
   * @throws {FeishuApiError}
   * @throws {FeishuTransportError}
   */
  async call(request: FeishuRequest): Promise<Readonly<Record<string, unknown>>> {
    const token = await this.#tokens.token(this.meter);
    try {
      return await callFeishu(this.#client, { ...request, token }, this.meter);
    } catch (error) {
      if (!(error instanceof FeishuApiError) || error.remedy !== "refresh-token") throw error;
      // The platform gives tokens up before their time when the secret is changed.
      this.#tokens.reject(token);
      const fresh = await this.#tokens.token(this.meter);
      return callFeishu(this.#client, { ...request, token: fresh }, this.meter);
    }
  }
}
