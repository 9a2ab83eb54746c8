import { openExample } from "./open-example.ts";

const example = await openExample({ emulatorPort: 4100, port: 4200 });
console.log(`
  Open ${example.emulator.url}/ and write to the bot: press Stop, give feedback, ask again, have a room booked.
  Open ${example.url}/ for one answer on a page and on a card at once.

  Press Ctrl+C to end.
`);
await new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
});
await example.close();
