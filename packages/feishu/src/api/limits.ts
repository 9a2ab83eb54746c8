/**
 * What Feishu documents of its limits. Sizes that are approached, not reached, have a margin, because the
 * platform does not say how it counts.
 */
export const limits = {
  /**
   * A card is at most 30 KB. Counted here as UTF-8 bytes of its JSON.
   * @see https://open.feishu.cn/document/cardkit-v1/card-element/content
   */
  cardBytes: 28_000,
  /** Text on a card that somebody else has laid out: what is left when the rest of it takes a quarter. */
  slotBytes: 21_000,
  /**
   * A card has at most 200 components and elements.
   * @see https://open.feishu.cn/document/cardkit-v1/card/batch_update
   */
  cardElements: 180,
  /**
   * Five table components, four tables in one Markdown component; cards with four tables were seen to be refused.
   * @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/content-components/table
   */
  cardTables: 3,
  /**
   * Ten operations a second on one card, counted over all of CardKit's APIs.
   * @see https://open.feishu.cn/document/cardkit-v1/streaming-updates-openapi-overview
   */
  operationsPerSecond: 10,
  operationIntervalMs: 100,
  /**
   * Calls of one API by one app in one tenant.
   * @see https://open.feishu.cn/document/server-docs/api-call-guide/frequency-control
   */
  apiCalls: { perSecond: 50, perMinute: 1000 },
  /**
   * Five messages a second to the same person or group, shared by all bots there.
   * @see https://open.feishu.cn/document/server-docs/im-v1/message/create
   */
  chatMessages: { perSecond: 5, perMinute: 300 },
  /**
   * Size of one image.
   * @see https://open.feishu.cn/document/server-docs/im-v1/image/create
   */
  imageBytes: 10 * 1024 * 1024,
  /** Longest that the download of an image may take, and how often it may be moved. Ours, not the platform's. */
  imageDownloadMs: 10_000,
  imageRedirects: 3,
  /** Images of one app that are made at once, and that wait for it. Ours, too. */
  imagesAtOnce: 4,
  imagesWaiting: 200,
  /** Largest value of `sequence`. */
  sequence: 2_147_483_647,
  /**
   * Streaming mode closes itself ten minutes after it was switched on. Switched off and on again before that.
   * @see https://open.feishu.cn/document/cardkit-v1/streaming-updates-openapi-overview
   */
  streamingRenewMs: 9 * 60_000,
  /** An element id is 1 to 20 letters, digits and underscores, the first one a letter. */
  elementIdLength: 20,
  /** Longest that one request may take. Ours, not the platform's. */
  requestMs: 10_000,
  /** The same for a token, which others wait for. */
  tokenRequestMs: 5_000,
  /** The same for a request that finalizes a card, so that there is time for another one. */
  finalRequestMs: 5_000,
} as const;
