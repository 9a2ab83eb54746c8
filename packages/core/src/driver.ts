/** Entry for authors of drivers: the port, the blocks that it draws, and their words in each language. */

export { type CardStreamOptions, resolveCardStreamOptions } from "./card/card-stream-options.ts";
export { type Clock, systemClock, wait } from "./clock.ts";
export { applyChanges, type BlockChange, diffBlocks } from "./contract/block-change.ts";
export type {
  ActionsBlock,
  CardBlock,
  CardButton,
  CardStatus,
  ElementBlock,
  FailureCause,
  FooterBlock,
  ImageBlock,
  LaneBlock,
  LanesBlock,
  ReasoningBlock,
  SourcesBlock,
  StatusBlock,
  TextBlock,
  ToolBlock,
  ToolCountBlock,
} from "./contract/card-block.ts";
export {
  type BlockSize,
  type CardDriver,
  type CardWrite,
  CardWriteError,
  type CardWriteErrorOptions,
  type DriverProfile,
  type DriverUsage,
  type ImageSource,
  type OpenedCard,
  type OpenRequest,
  type Urgency,
} from "./contract/card-driver.ts";
export type { MarkdownDialect } from "./markdown/inline-text.ts";
export { type CardWords, endKind, wordsOf } from "./view/words/card-words.ts";
export { type Locale, locales } from "./view/words/locales.ts";
export type { CardMark, ClickAnswer, EndKind, Words } from "./view/words/words.ts";
