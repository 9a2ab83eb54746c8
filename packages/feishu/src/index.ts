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
export type { CardAction, CardActionValue } from "./card-action-value.ts";
export type { HeaderColor, HeaderOptions, TagColor } from "./card-header.ts";
export type { CardLimits } from "./card-profile.ts";
export { createFeishu, type Feishu, type FeishuOptions } from "./create-feishu.ts";
export { feishuCard } from "./feishu-card.ts";
export {
  checkFeishuCardOptions,
  type FeishuCardOptions,
  type FeishuTargetOptions,
} from "./feishu-card-options.ts";
export type { FeishuRequest } from "./feishu-client.ts";
export type { LarkClientLike } from "./feishu-config.ts";
export { FeishuApiError, FeishuConfigError, FeishuTransportError } from "./feishu-error.ts";
export type { Fetch } from "./http-transport.ts";
export type { ImageFetch } from "./images/image-fetch.ts";
export type { ImageOptions } from "./images/image-options.ts";
export type { ReceiveIdType } from "./receive-id.ts";
export { type StreamCardOptions, streamCard } from "./stream-card.ts";
export type { StreamingConfig } from "./streaming-config.ts";
