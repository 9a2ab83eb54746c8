import { parseArgs } from "node:util";
import { openGallery } from "./gallery.ts";
import { typeForever } from "./type-forever.ts";

const usage = "Usage: pnpm run gallery [--port <number>]      0 takes any free port (default 7789)";

const port = readPort();
const gallery = await openGallery(port).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== "EADDRINUSE") throw error;
  console.error(`Port ${port} is in use.\n${usage}`);
  process.exit(1);
});
console.log(`Every component in every state: ${gallery.emulator.url}\nCtrl+C stops it.`);
const stop = new AbortController();
process.once("SIGINT", () => {
  stop.abort();
  void gallery.close();
});
await typeForever(gallery, stop.signal).catch((error: unknown) => {
  if (!stop.signal.aborted) throw error;
});

function readPort(): number {
  try {
    const { port } = parseArgs({ options: { port: { type: "string", default: "7789" } } }).values;
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
      throw new TypeError(`--port must be a number from 0 to 65535, received "${port}".`);
    return Number(port);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
}
