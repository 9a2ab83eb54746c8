import { isJsonObject, type JsonObject, utf8Bytes } from "../../ground/json.ts";
import { partProperties } from "./card-components.ts";
import { CardProblem, tooLarge, tooManyElements, tooManyTables, unrenderable } from "./card-problem.ts";
import { ComponentReader, type Place } from "./read-component.ts";
import { checkProperties, type ReadContext } from "./read-context.ts";

/** Facts about a card that can be drawn. */
export interface CardReading {
  /** Components and text objects in document order. */
  readonly places: readonly Place[];
  /** Those of `places` that have an element id. */
  readonly byId: ReadonlyMap<string, Place>;
  /** Size that counts against `rules.maxBytes`. */
  readonly bytes: number;
  /** Number of tables that count against `rules.maxTables`. */
  readonly tables: number;
}

const MAX_HEADER_TAGS = 3;

/**
 * Reads a card of schema 2.0.
 *
 * @throws {CardProblem} when the platform would refuse the card, for its size too.
 */
export function readCard(card: JsonObject, context: ReadContext): CardReading {
  const reading = readStructure(card, context);
  checkLimits(reading, context);
  return reading;
}

/** Reads a card of any size. @throws {CardProblem} when the card cannot be drawn. */
export function readStructure(card: JsonObject, context: ReadContext): CardReading {
  const reader = new ComponentReader(context);
  checkRoot(card, context);
  readConfig(card, context);
  readHeader(card, reader, context);
  readBody(card, reader, context);
  const tables = reader.places.reduce((sum, place) => sum + place.tables, 0);
  return { places: reader.places, byId: reader.byId, tables, bytes: cardBytes(card, context) };
}

/** Checks the size of a card. @throws {CardProblem} when the card has more bytes, elements or tables than the rules allow. */
export function checkLimits({ places, bytes, tables }: CardReading, { rules }: ReadContext): void {
  if (places.length > rules.maxElements) throw tooManyElements();
  if (bytes > rules.maxBytes) throw tooLarge(bytes);
  const tooManyInOne = places.some(
    ({ tag, tables }) => tag === "markdown" && tables > rules.maxTablesPerMarkdown,
  );
  if (tables > rules.maxTables || tooManyInOne) throw tooManyTables();
}

/** Counts the bytes of a card, or of a string in it, as the rules count them. */
export function cardBytes(value: JsonObject | string, { rules }: Pick<ReadContext, "rules">): number {
  const json = JSON.stringify(value);
  return utf8Bytes(rules.byteCount === "json" ? json : JSON.stringify(json).slice(1, -1));
}

function checkRoot(card: JsonObject, context: ReadContext): void {
  if (Object.keys(card).length === 0) throw new CardProblem({ code: 300307, text: "card dsl is empty" });
  if (card.schema !== "2.0") throw new CardProblem({ code: 300303, text: "only support schema 2.0" });
  if (card.header === undefined && card.body === undefined) {
    throw new CardProblem({ code: 300307, text: "card dsl is empty" });
  }
  checkProperties(card, { allowed: partProperties.card, path: "ROOT", context });
}

function readConfig({ config }: JsonObject, context: ReadContext): void {
  if (config === undefined) return;
  if (!isJsonObject(config)) throw unrenderable("config must be an object");
  checkConfig(config, context);
}

/** Checks a card's `config`. @throws {CardProblem} when a card of schema 2.0 cannot have these settings. */
export function checkConfig(config: JsonObject, context: ReadContext): void {
  if (config.update_multi === false) {
    throw new CardProblem({ code: 300302, text: "update_multi property is false" });
  }
  const { streaming_mode: streamingMode } = config;
  if (streamingMode !== undefined && typeof streamingMode !== "boolean") {
    throw unrenderable("streaming_mode must be a boolean");
  }
  checkProperties(config, { allowed: partProperties.config, path: "config", context });
}

function readHeader({ header }: JsonObject, reader: ComponentReader, context: ReadContext): void {
  if (header === undefined) return;
  if (!isJsonObject(header)) throw unrenderable("header must be an object");
  checkProperties(header, { allowed: partProperties.header, path: "header", context });
  const { title, subtitle, icon, text_tag_list: tags, i18n_text_tag_list: tagsByLocale } = header;
  if (title === undefined) throw unrenderable("header has no title");
  reader.text(title, "header.title");
  if (subtitle !== undefined) reader.text(subtitle, "header.subtitle");
  if (icon !== undefined) reader.icon(icon, "header.icon");
  const lists = [tags, ...(isJsonObject(tagsByLocale) ? Object.values(tagsByLocale) : [])];
  for (const list of lists) {
    reader.list(list, { kind: "header-tags", path: "header.text_tag_list" });
    if (Array.isArray(list) && list.length > MAX_HEADER_TAGS) {
      throw unrenderable(`header has more than ${MAX_HEADER_TAGS} tags`);
    }
  }
}

function readBody({ body }: JsonObject, reader: ComponentReader, context: ReadContext): void {
  if (body === undefined) return;
  if (!isJsonObject(body)) throw unrenderable("body must be an object");
  checkProperties(body, { allowed: partProperties.body, path: "body", context });
  reader.list(body.elements, { kind: "body", path: "body.elements" });
}
