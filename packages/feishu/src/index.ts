export {
  type ActionOptions,
  type BlockOptions,
  type CardBlock,
  type CardEvent,
  type CardInput,
  type CardMetrics,
  type CardResult,
  type CardSource,
  CardStream,
  type Delivery,
  type FooterOptions,
  InvalidOptionError,
  type LaneSource,
  type LanesOptions,
  type Layout,
  type LayoutInfo,
  type Locale,
  type Logger,
  type PipeToCardOptions,
  pipeToCard,
  ReaderStopError,
  type RunContext,
  type RunReason,
  type RunStatus,
  RunTimeoutError,
  type StartRun,
  StreamcardError,
  type Timeouts,
  type ToolOptions,
} from "@streamcard/core";
export type { FeishuRequest } from "./api/feishu-client.ts";
export type { LarkClientLike } from "./api/feishu-config.ts";
export { FeishuApiError, FeishuConfigError, FeishuTransportError } from "./api/feishu-error.ts";
export type { Fetch } from "./api/fetch.ts";
export { createFeishu, type Feishu, type FeishuOptions } from "./create-feishu.ts";
export type { CardLimits } from "./driver/card-profile.ts";
export type { ReceiveIdType } from "./driver/receive-id.ts";
export { feishuCard } from "./feishu-card.ts";
export {
  checkFeishuCardOptions,
  type FeishuCardOptions,
  type FeishuTargetOptions,
} from "./feishu-card-options.ts";
export type { ImageFetch } from "./images/image-fetch.ts";
export type { ImageOptions } from "./images/image-options.ts";
export type { CardAction, CardActionValue } from "./json/card-action-value.ts";
export type { HeaderColor, HeaderOptions, TagColor } from "./json/card-header.ts";
export type { StreamingConfig } from "./json/streaming-config.ts";
export { type StreamCardOptions, streamCard } from "./stream-card.ts";
