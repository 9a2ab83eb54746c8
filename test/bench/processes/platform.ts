import { parentPort } from "node:worker_threads";
import { startFeishuEmulator } from "@streamcard/emulator";

// A platform in a thread of its own, so that its work is not measured. It refuses nothing, because refusals are not
// measured here.
const ROUND_TRIP_MS = 20;

const emulator = await startFeishuEmulator({
  page: false,
  latency: () => ({ requestMs: ROUND_TRIP_MS / 2, responseMs: ROUND_TRIP_MS / 2 }),
  history: { requests: 100, operations: 100 },
  rules: {
    cardLimit: "never",
    appLimit: "off",
    messageLimitPerSecond: 1_000,
    maxBytes: 100_000_000,
  },
});

let lastRequestAt = performance.now();
emulator.watch(({ type }) => {
  if (type === "request-logged") lastRequestAt = performance.now();
});
parentPort?.on("message", () => parentPort?.postMessage({ quietMs: performance.now() - lastRequestAt }));
parentPort?.postMessage({
  domain: emulator.url,
  credentials: emulator.credentials,
  chatId: emulator.chats.group,
});
