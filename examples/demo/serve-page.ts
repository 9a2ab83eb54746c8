import { createInterface } from "node:readline/promises";
import { createFeishu } from "@streamcard/ai-sdk";
import { type FeishuEmulator, type ReceiveMessageEvent, startFeishuEmulator } from "@streamcard/emulator";
import type { ModelMessage } from "ai";
import { type DemoApp, realFeishu } from "./demo-app.ts";
import { resultLine } from "./result-line.ts";

const PORT = 4100;

/** The bot, as the chat shows it. */
const apps = [{ name: "streamcard" }];

/** Messages of a chat that the agent is reminded of. */
const MEMORY = 20;

/** A chat to try it all in: on the emulator's page, or in the terminal where cards go to the real Feishu. */
export async function serveChat(app: DemoApp, env: NodeJS.ProcessEnv): Promise<void> {
  const real = realFeishu(env);
  if (real !== undefined) {
    await chatInTerminal(app, real.to, (question, history, signal) =>
      app.answer(real.feishu, { to: real.to }, [...history, question], signal),
    );
    await real.feishu.close();
    return;
  }
  const emulator = await startOn(PORT);
  const feishu = createFeishu({ ...emulator.credentials, domain: emulator.url, handleSignals: false });
  const histories = new Map<string, ModelMessage[]>();
  emulator.onMessage((event) => {
    const { chat_id: chatId, message_id: messageId } = event.event.message;
    const history = histories.get(chatId) ?? [];
    histories.set(chatId, history);
    const question: ModelMessage = { role: "user", content: textOf(event) };
    void app.answer(feishu, { replyTo: messageId }, [...history, question]).then((result) => {
      history.push(question, { role: "assistant", content: result.text || "…" });
      history.splice(0, history.length - MEMORY);
      console.log(resultLine(result));
    });
  });
  console.log(
    `\n  Open ${emulator.url}/ and ask something.\n\n  Model: ${app.modelName}\n  Press Ctrl+C to end.\n`,
  );
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  await feishu.close();
  await emulator.close();
}

/** The usual port, so that the address stays the same; any other where it is taken. */
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

function textOf({ event }: ReceiveMessageEvent): string {
  const { text } = JSON.parse(event.message.content) as { text: string };
  return text.replace(/@_user_\d+\s*/g, "").trim();
}

type Answer = (
  question: ModelMessage,
  history: readonly ModelMessage[],
  signal: AbortSignal,
) => ReturnType<DemoApp["answer"]>;

async function chatInTerminal(app: DemoApp, to: string, answer: Answer): Promise<void> {
  console.log(`Cards go to ${to}. Model: ${app.modelName}. Ask something; an empty line ends.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: "> " });
  const history: ModelMessage[] = [];
  let running: AbortController | undefined;
  // While an answer runs, Ctrl+C stops it; at the prompt it ends the chat.
  terminal.on("SIGINT", () => (running === undefined ? terminal.close() : running.abort()));
  terminal.prompt();
  for await (const line of terminal) {
    const content = line.trim();
    if (content === "") break;
    const question: ModelMessage = { role: "user", content };
    running = new AbortController();
    const result = await answer(question, history.slice(-MEMORY), running.signal);
    running = undefined;
    history.push(question, { role: "assistant", content: result.text || "…" });
    console.log(resultLine(result));
    terminal.prompt();
  }
  terminal.close();
}
