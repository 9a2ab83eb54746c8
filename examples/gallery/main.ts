import { openGallery } from "./gallery.ts";
import { typeForever } from "./type-forever.ts";

const DEFAULT_PORT = 7789;

const gallery = await openGallery(Number(process.env.PORT ?? DEFAULT_PORT));
console.log(`Every component in every state: ${gallery.emulator.url}\nCtrl+C stops it.`);
const stop = new AbortController();
process.once("SIGINT", () => {
  stop.abort();
  void gallery.emulator.close();
});
await typeForever(gallery, stop.signal).catch((error: unknown) => {
  if (!stop.signal.aborted) throw error;
});
