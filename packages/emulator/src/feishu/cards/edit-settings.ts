import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { type CardDraft, rereadDraft } from "./card-draft.ts";
import { streamingModeIn } from "./card-entity.ts";
import { CardProblem } from "./card-problem.ts";
import { checkConfig } from "./read-card.ts";

const SETTINGS: ReadonlySet<string> = new Set(["config", "card_link"]);

/** Changes a draft's settings: merges `config` key by key and replaces `card_link`. @throws {CardProblem} when the settings are invalid. */
export function changeSettings(draft: CardDraft, settings: JsonObject): void {
  const { context } = draft;
  const { config, card_link: link } = settings;
  const unknownKeys = Object.keys(settings).filter((key) => !SETTINGS.has(key));
  if (config === undefined && link === undefined) {
    if (context.rules.bareSettings === "refuse") throw invalidSettings("settings have no config");
    context.warn(`settings without "config" have no effect: ${Object.keys(settings).join(", ")}`);
    return;
  }
  if (unknownKeys.length > 0) {
    const text = `unknown settings ${unknownKeys.join(", ")}`;
    if (context.rules.unknownProperties === "refuse") throw invalidSettings(text);
    context.warn(text);
  }
  if (config !== undefined) changeConfig(draft, config);
  if (link !== undefined) {
    if (!isJsonObject(link)) throw invalidSettings("card_link must be an object");
    draft.card.card_link = link;
  }
  rereadDraft(draft);
}

function changeConfig(draft: CardDraft, config: JsonValue): void {
  if (!isJsonObject(config)) throw invalidSettings("config must be an object");
  try {
    checkConfig(config, draft.context);
  } catch (error) {
    // The settings call has a code of its own for invalid settings.
    if (error instanceof CardProblem && error.details.code === 200220)
      throw invalidSettings(error.details.text);
    throw error;
  }
  const current = draft.card.config;
  draft.card.config = { ...(isJsonObject(current) ? current : {}), ...config };
  const mode = streamingModeIn({ config });
  if (mode !== undefined) draft.streamingSwitches.push(mode ? "open" : "close");
}

function invalidSettings(text: string): CardProblem {
  return new CardProblem({ code: 300122, text });
}
