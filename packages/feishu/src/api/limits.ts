const OPERATIONS_PER_SECOND = 10;

/** Documented limits of Feishu. Sizes have a margin, because the platform does not say how it counts. */
export const limits = {
  /**
   * Largest card, in UTF-8 bytes of its JSON. The platform takes 30 KB.
   * @see https://open.feishu.cn/document/cardkit-v1/card-element/content
   */
  cardBytes: 28_000,
  /** Bytes of the text on a card that the user has laid out: the rest of such a card is taken to need a quarter. */
  slotBytes: 21_000,
  /**
   * Largest number of components and text objects of a card. The platform takes 200.
   * @see https://open.feishu.cn/document/cardkit-v1/card/batch_update
   */
  cardElements: 180,
  /**
   * Largest number of tables of a card. The documents allow five table components and four tables in one Markdown
   * component, but cards with four tables were seen to be refused.
   * @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/content-components/table
   */
  cardTables: 3,
  /**
   * Number of operations a second on one card, over all of CardKit's APIs together.
   * @see https://open.feishu.cn/document/cardkit-v1/streaming-updates-openapi-overview
   */
  operationsPerSecond: OPERATIONS_PER_SECOND,
  /** Time between two operations at that rate, in milliseconds. */
  operationIntervalMs: 1_000 / OPERATIONS_PER_SECOND,
  /**
   * Number of calls of one API by one app in one tenant.
   * @see https://open.feishu.cn/document/server-docs/api-call-guide/frequency-control
   */
  apiCalls: { perSecond: 50, perMinute: 1000 },
  /**
   * Number of messages to one person or group, shared by all bots there. The documents name the five in a second.
   * @see https://open.feishu.cn/document/server-docs/im-v1/message/create
   */
  chatMessages: { perSecond: 5, perMinute: 300 },
  /**
   * Largest image, in bytes.
   * @see https://open.feishu.cn/document/server-docs/im-v1/image/create
   */
  imageBytes: 10 * 1024 * 1024,
  /** Longest download of an image in milliseconds, and its largest number of redirects. Our own limits. */
  imageDownloadMs: 10_000,
  imageRedirects: 3,
  /** Images of one app that are downloaded and uploaded at once, and that wait for it. Our own limits. */
  imagesAtOnce: 4,
  imagesWaiting: 200,
  /** Largest value of `sequence`. */
  sequence: 2_147_483_647,
  /**
   * Age at which streaming mode is switched off and on again, in milliseconds, because it closes itself after ten
   * minutes.
   * @see https://open.feishu.cn/document/cardkit-v1/streaming-updates-openapi-overview
   */
  streamingRenewMs: 9 * 60_000,
  /** Longest element id, in letters, digits and underscores. */
  elementIdLength: 20,
  /** Longest time for one request, in milliseconds. Our own limit. */
  requestMs: 10_000,
  /** Longest time for the request of a token: shorter, because other requests wait for it. */
  tokenRequestMs: 5_000,
  /** Longest time for a request that finalizes a card: shorter, so that there is time for another attempt. */
  finalRequestMs: 5_000,
} as const;
