import type { CardResult } from "@streamcard/ai-sdk";
import { startFeishuEmulator } from "@streamcard/emulator";
import { createLogUpdate } from "log-update";
import { type DemoApp, realChat } from "./demo-app.ts";
import { startLocalBot } from "./local-bot.ts";
import { drawCard } from "./terminal-card.ts";

const FRAME_MS = 50;

/** Answers one question, draws its card in the terminal while it types, and prints the card's metrics. */
export async function askOnce(app: DemoApp, question: string, env: NodeJS.ProcessEnv): Promise<CardResult> {
  const real = realChat(env);
  if (real !== undefined) {
    console.log(`Answering in ${real.to} …`);
    const result = await app.answerIn(real, question);
    console.log(result.text);
    await real.feishu.close();
    return result;
  }
  // The same path as on the page: an event comes in, the card goes out over HTTP, to the emulator.
  const emulator = await startFeishuEmulator({ page: false });
  const { promise: answered, resolve, reject } = Promise.withResolvers<CardResult>();
  const bot = await startLocalBot(emulator, {
    onMessage: (message) => app.answer(message).then(resolve, reject),
    // Nobody can press a button in a terminal.
    card: { actions: false },
  });
  const stopDrawing = drawWhile(() => emulator.cards());
  try {
    emulator.say(question);
    return await answered;
  } finally {
    stopDrawing();
    await bot.close();
    await emulator.close();
  }
}

/** Redraws the cards as a client paints them; draws them once, at their end, if the output is no terminal. */
function drawWhile(cards: () => Parameters<typeof drawCard>[0][]): () => void {
  const isTerminal = process.stdout.isTTY === true;
  const color = isTerminal && !process.env.NO_COLOR;
  const draw = () =>
    cards()
      .map((card) => drawCard(card, { color }))
      .join("\n");
  if (!isTerminal) return () => console.log(draw());
  const update = createLogUpdate(process.stdout);
  const timer = setInterval(() => update(draw()), FRAME_MS);
  return () => {
    clearInterval(timer);
    update.clear();
    update.done();
    console.log(draw());
  };
}
