import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import {
  componentProperties,
  headerTagProperties,
  iconProperties,
  iconSlots,
  nestingTags,
  partProperties,
  retiredTags,
  rootOnlyTags,
  textProperties,
  textSlots,
} from "./card-components.ts";
import { duplicateElementId, invalidImageKey, retiredTag, unrenderable } from "./card-problem.ts";
import { countTables, imageTargets } from "./markdown-facts.ts";
import { checkProperties, type ReadContext } from "./read-context.ts";

/** Kind of a list, which decides the components it may hold. */
type ListKind = "body" | "container" | "columns" | "buttons" | "header-tags";

/** A component or text object, and its place in the card. */
export interface Place {
  readonly node: JsonObject;
  readonly tag: string;
  readonly elementId: string | undefined;
  /** List that the component is an item of; `undefined` for a text object that is the value of a property. */
  readonly list: JsonValue[] | undefined;
  /** Number of tables that the component counts for. Only tables and Markdown count. */
  tables: number;
}

const ELEMENT_ID = /^[A-Za-z][A-Za-z0-9_]{0,19}$/;

/** A tagged object that is being read. */
interface Spot {
  node: JsonObject;
  tag: string;
  path: string;
  list?: JsonValue[];
}

/** A list of components that is being read. */
interface ListSpot {
  kind: ListKind;
  path: string;
  /** Number of containers around the list. @defaultValue 0 */
  depth?: number;
}

/** Reads components and everything in them. Its methods throw `CardProblem` for a component that cannot be drawn. */
export class ComponentReader {
  readonly places: Place[] = [];
  readonly byId = new Map<string, Place>();
  readonly #context: ReadContext;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  list(value: JsonValue | undefined, { kind, path, depth = 0 }: ListSpot): void {
    if (value === undefined) return;
    if (!Array.isArray(value)) throw unrenderable(`${path} must be an array`);
    for (const [index, item] of value.entries()) {
      const spot = { ...taggedObject(item, `${path}[${index}]`), list: value };
      if (kind !== "header-tags") checkPosition(spot, kind);
      if (kind === "header-tags") this.#headerTag(spot);
      else if (spot.tag === "markdown") this.#markdown(spot);
      else this.#component(spot, nestingTags.has(spot.tag) ? depth + 1 : depth);
    }
  }

  text(value: JsonValue, path: string): void {
    const spot = taggedObject(value, path);
    this.#checkProperties(spot, textProperties);
    if (typeof spot.node.content !== "string") throw unrenderable(`content of ${path} must be a string`);
    this.#add(spot);
  }

  icon(value: JsonValue, path: string): void {
    const spot = taggedObject(value, path);
    this.#checkProperties(spot, iconProperties);
    if (spot.tag === "custom_icon") this.#image(spot.node.img_key, path);
  }

  #component(spot: Spot, depth: number): void {
    const { node, tag, path } = spot;
    this.#checkProperties(spot, componentProperties);
    const { maxNesting, countTables: counted } = this.#context.rules;
    if (depth > maxNesting) throw unrenderable(`containers at ${path} are deeper than ${maxNesting} levels`);
    const place = this.#add(spot);
    if (tag === "table" && counted !== "nothing") place.tables = 1;
    if (tag === "img") this.#image(node.img_key, path);
    if (tag === "img_combination") this.#imageList(node.img_list, path);
    for (const key of Object.keys(node)) this.#property(spot, key, depth);
  }

  #property({ node, tag, path: nodePath }: Spot, key: string, depth: number): void {
    const value = node[key];
    const path = `${nodePath}.${key}`;
    if (value === undefined) return;
    if (textSlots.has(key)) this.text(value, path);
    else if (iconSlots.has(key)) this.icon(value, path);
    else if (key === "elements") this.list(value, { kind: "container", path, depth });
    else if (key === "columns" && tag === "column_set") this.list(value, { kind: "columns", path, depth });
    else if (key === "header" && tag === "collapsible_panel") this.#panelHeader(value, path);
    else if (key === "confirm") this.#confirm(value, path);
    else if (key === "button_area" && isJsonObject(value)) {
      this.list(value.buttons, { kind: "buttons", path: `${path}.buttons`, depth });
    }
  }

  #markdown(spot: Spot): void {
    this.#checkProperties(spot, componentProperties);
    const { node, path } = spot;
    if (typeof node.content !== "string") throw unrenderable(`content of ${path} must be a string`);
    this.#add(spot).tables = checkMarkdown(node.content, this.#context);
    if (node.icon !== undefined) this.icon(node.icon, `${path}.icon`);
  }

  #headerTag(spot: Spot): void {
    this.#checkProperties(spot, headerTagProperties);
    this.#add(spot);
    if (spot.node.text !== undefined) this.text(spot.node.text, `${spot.path}.text`);
  }

  #panelHeader(value: JsonValue, path: string): void {
    if (!isJsonObject(value)) throw unrenderable(`${path} must be an object`);
    checkProperties(value, { allowed: partProperties.panelHeader, path, context: this.#context });
    const { title, icon } = value;
    if (isJsonObject(title) && title.tag === "markdown") this.#markdown(taggedObject(title, `${path}.title`));
    else if (title !== undefined) this.text(title, `${path}.title`);
    if (icon !== undefined) this.icon(icon, `${path}.icon`);
  }

  #confirm(value: JsonValue, path: string): void {
    if (!isJsonObject(value)) throw unrenderable(`${path} must be an object`);
    checkProperties(value, { allowed: partProperties.confirm, path, context: this.#context });
    const { title, text } = value;
    if (title !== undefined) this.text(title, `${path}.title`);
    if (text !== undefined) this.text(text, `${path}.text`);
  }

  #imageList(value: JsonValue | undefined, path: string): void {
    if (!Array.isArray(value)) throw unrenderable(`img_list of ${path} must be an array`);
    for (const image of value) this.#image(isJsonObject(image) ? image.img_key : undefined, path);
  }

  #image(key: JsonValue | undefined, path: string): void {
    if (typeof key !== "string") throw unrenderable(`img_key of ${path} must be a string`);
    if (!this.#context.isKnownImage(key)) throw invalidImageKey(key);
  }

  #checkProperties({ node, tag, path }: Spot, table: ReadonlyMap<string, ReadonlySet<string>>): void {
    const allowed = table.get(tag);
    if (allowed === undefined) throw unrenderable(`there is no ${tag} at ${path}`, tag);
    checkProperties(node, { allowed, path, context: this.#context });
  }

  #add({ node, tag, path, list }: Spot): Place {
    const elementId = node.element_id;
    if (elementId !== undefined && (typeof elementId !== "string" || !ELEMENT_ID.test(elementId))) {
      throw unrenderable(`element_id at ${path} is invalid`, JSON.stringify(elementId));
    }
    const place: Place = { node, tag, elementId, list, tables: 0 };
    this.places.push(place);
    if (elementId !== undefined) {
      if (this.byId.has(elementId)) throw duplicateElementId(elementId);
      this.byId.set(elementId, place);
    }
    return place;
  }
}

/** Checks the images of a Markdown text. @returns the number of tables that the text counts for. @throws {CardProblem} when an image is unknown. */
export function checkMarkdown(content: string, { rules, isKnownImage }: ReadContext): number {
  for (const target of imageTargets(content)) {
    if (!isKnownImage(target)) throw invalidImageKey(target);
  }
  return rules.countTables === "components-and-markdown" ? countTables(content) : 0;
}

function taggedObject(value: JsonValue, path: string): Spot {
  const node = isJsonObject(value) ? value : undefined;
  if (node === undefined || typeof node.tag !== "string") {
    throw unrenderable(`${path} must be an object with a tag`);
  }
  return { node, tag: node.tag, path };
}

function checkPosition({ tag, path }: Spot, kind: ListKind): void {
  if (retiredTags.has(tag)) throw retiredTag(tag);
  const fits =
    kind === "columns" ? tag === "column" : kind === "buttons" ? tag === "button" : tag !== "column";
  if (!fits || (kind !== "body" && rootOnlyTags.has(tag))) {
    throw unrenderable(`a ${tag} cannot be at ${path}`, tag);
  }
}
