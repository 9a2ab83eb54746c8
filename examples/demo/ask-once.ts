import type { CardResult } from "@streamcard/ai-sdk";
import { createFeishu } from "@streamcard/ai-sdk";
import { startFeishuEmulator } from "@streamcard/emulator";
import { createLogUpdate } from "log-update";
import type { DemoApp } from "./demo-app.ts";
import { realFeishu } from "./demo-app.ts";
import { drawCard } from "./terminal-card.ts";

const FRAME_MS = 50;

/** Answers one question, draws its card in the terminal while it types, and tells what it took. */
export async function askOnce(app: DemoApp, question: string, env: NodeJS.ProcessEnv): Promise<CardResult> {
  const messages = [{ role: "user" as const, content: question }];
  const real = realFeishu(env);
  if (real !== undefined) {
    console.log(`Answering in ${real.to} …`);
    const result = await app.answer(real.feishu, { to: real.to }, messages);
    console.log(result.text);
    await real.feishu.close();
    return result;
  }
  // The same path as on the page: over HTTP, to a Feishu of our own.
  const emulator = await startFeishuEmulator({ page: false });
  const feishu = createFeishu({ ...emulator.credentials, domain: emulator.url });
  const stopDrawing = drawWhile(() => emulator.cards());
  const asked = emulator.say(question);
  const result = await app.answer(feishu, { replyTo: asked.messageId }, messages);
  stopDrawing();
  await feishu.close();
  await emulator.close();
  return result;
}

/** Redraws the cards as a client paints them; on what is no terminal, only once they are done. */
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
