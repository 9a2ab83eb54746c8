import { type FeishuEmulator, startFeishuEmulator } from "@streamcard/emulator";
import { feishuLongConnection } from "@streamcard/feishu/long-connection";
import type { Feedback, FeishuMessage } from "@streamcard/feishu/webhook";
import { type DemoApp, realApp } from "./demo-app.ts";
import { startLocalBot } from "./local-bot.ts";
import { resultLine } from "./result-line.ts";

const PORT = 4100;

/** The bot, as the chat shows it. */
const apps = [{ name: "streamcard" }];

/** Starts a bot to write to: on the emulator's page, or in the real Feishu if the environment names an app. */
export async function serveChat(app: DemoApp, env: NodeJS.ProcessEnv): Promise<void> {
  const onMessage = async (message: FeishuMessage): Promise<void> => {
    console.log(resultLine(await app.answer(message)));
  };
  const onFeedback = ({ rating }: Feedback): void => console.log(`feedback: thumbs ${rating}`);
  const real = realApp(env);
  if (real !== undefined) {
    // The app opens the connection itself, so no address of this machine has to be public.
    let isReady = false;
    const onError = (error: unknown): void => {
      // Before that, `ready` rejects with it.
      if (isReady) console.error(error);
    };
    const connection = feishuLongConnection({ ...real, onMessage, onFeedback, onError });
    console.log(`\n  Connecting as ${real.appId} …`);
    await connection.ready;
    isReady = true;
    console.log(`${howToWrite}\n\n  Model: ${app.modelName}\n  Press Ctrl+C to end.\n`);
    await interruption();
    await connection.close({ graceMs: 0 });
    return;
  }
  const emulator = await startOn(PORT);
  const bot = await startLocalBot(emulator, { onMessage, onFeedback });
  console.log(
    `\n  Open ${emulator.url}/ and ask something.\n\n  Model: ${app.modelName}\n  Press Ctrl+C to end.\n`,
  );
  await interruption();
  await bot.close();
  await emulator.close();
}

const howToWrite = `
  Write to the bot in Feishu. It hears you once the app's Events & callbacks are received through a
  long connection, with the event im.message.receive_v1 and the callback card.action.trigger.`;

/** Kept when somebody ends the demo. */
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

/** Listens on the usual port, so that the address stays the same; on any other if that is taken. */
async function startOn(port: number): Promise<FeishuEmulator> {
  try {
    return await startFeishuEmulator({ port, apps });
  } catch (error) {
    if (!isTaken(error)) throw error;
    console.log(`Port ${port} is in use, so the address is another one.`);
    return startFeishuEmulator({ apps });
  }
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    [error, error.cause].some((cause) => (cause as NodeJS.ErrnoException)?.code === "EADDRINUSE")
  );
}
