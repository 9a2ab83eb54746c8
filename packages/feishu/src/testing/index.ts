export { feishuInVirtualTime } from "./feishu-in-virtual-time.ts";
export { expectNoUnhandledRejections } from "./no-unhandled-rejections.ts";
export { type SeenBlocks, type SeenCard, type SeenTool, seenBlocks, seenCard } from "./seen-card.ts";
