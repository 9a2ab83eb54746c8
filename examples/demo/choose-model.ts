import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel } from "ai";

/** Chooses the model that the environment names, else the scripted one, which needs no key and no network. */
export function chooseModel(
  env: NodeJS.ProcessEnv,
  scripted: LanguageModel,
): { model: LanguageModel; name: string } {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL, OPENAI_MODEL } = env;
  if (!apiKey) return { model: scripted, name: "a scripted model (set OPENAI_API_KEY for a real one)" };
  const baseURL = OPENAI_BASE_URL || "https://api.openai.com/v1";
  const modelId = OPENAI_MODEL || "gpt-4.1-mini";
  if (!URL.canParse(baseURL)) {
    throw new SettingError(`OPENAI_BASE_URL must be a URL, received ${JSON.stringify(baseURL)}.`);
  }
  const provider = createOpenAICompatible({ name: "openai", baseURL, apiKey, includeUsage: true });
  return { model: provider.chatModel(modelId), name: `${modelId} at ${new URL(baseURL).host}` };
}

/** An error for variables of the environment that cannot be used. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}
