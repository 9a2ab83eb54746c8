import { createFeishu } from "@streamcard/ai-sdk";

/**
 * The app that FEISHU_APP_ID and FEISHU_APP_SECRET name. When the server is told to end, Next.js waits for what
 * `after()` holds, so its answers are finished rather than stopped.
 */
export const feishu = createFeishu({ handleSignals: false });
