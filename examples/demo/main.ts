import { parseArgs } from "node:util";
import { StreamcardError } from "@streamcard/ai-sdk";
import { askOnce } from "./ask-once.ts";
import { SettingError } from "./choose-model.ts";
import { createDemoApp } from "./demo-app.ts";
import { isWhole, resultLine } from "./result-line.ts";
import { serveChat } from "./serve-page.ts";

const usage = `Usage:
  npx -y pnpm@12 run demo                      a page with a chat to try
  npx -y pnpm@12 run demo --once "question"    one answer, drawn in the terminal`;

const question = readArguments();
try {
  await run(question);
} catch (error) {
  // Wrong settings are told in a sentence, any other error with its stack.
  if (!StreamcardError.isInstance(error) && !(error instanceof SettingError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function run(question: string | undefined): Promise<void> {
  const app = await createDemoApp(process.env);
  if (question === undefined) {
    await serveChat(app, process.env);
    return;
  }
  const result = await askOnce(app, question, process.env);
  console.log(resultLine(result));
  for (const error of [result.error, result.deliveryError])
    if (error !== undefined) console.error(String(error));
  process.exitCode = isWhole(result) ? 0 : 1;
}

function readArguments(): string | undefined {
  try {
    const { values, positionals } = parseArgs({
      options: { once: { type: "string" }, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    if (positionals.length > 0 || values.once?.trim() === "")
      throw new Error("A question follows --once, in quotes.");
    return values.once;
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
}
