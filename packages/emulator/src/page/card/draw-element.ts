import { type ComponentChild, type FunctionComponent, h } from "preact";
import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { ColumnSet, InteractiveContainer } from "./containers/container-elements.ts";
import { PanelElement } from "./containers/panel-element.ts";
import { ActionElement, ButtonElement } from "./inputs/button-element.ts";
import { FormElement } from "./inputs/form-element.ts";
import { CheckerElement, DateElement, InputElement } from "./inputs/input-elements.ts";
import { MultiSelectElement, OverflowElement, SelectElement } from "./inputs/select-elements.ts";
import { SelectImageElement } from "./inputs/select-image-element.ts";
import { box } from "./look/card-size.ts";
import { ImageCombination, ImageElement } from "./media/image-elements.ts";
import { PersonElement, PersonList } from "./media/person-elements.ts";
import { AudioElement, ChartElement, PlaceholderElement } from "./media/placeholder-elements.ts";
import type { ElementProps } from "./node/card-context.ts";
import { textField } from "./node/json-field.ts";
import { TableElement } from "./tables/table-element.ts";
import { DivElement, MarkdownElement, NoteElement, RuleElement } from "./text/text-elements.ts";

const ELEMENTS: ReadonlyMap<string, FunctionComponent<ElementProps>> = new Map([
  ["markdown", MarkdownElement],
  ["div", DivElement],
  ["hr", RuleElement],
  ["img", ImageElement],
  ["img_combination", ImageCombination],
  ["column_set", ColumnSet],
  ["collapsible_panel", PanelElement],
  ["interactive_container", InteractiveContainer],
  ["button", ButtonElement],
  ["table", TableElement],
  ["person", PersonElement],
  ["person_list", PersonList],
  ["form", FormElement],
  ["input", InputElement],
  ["select_static", SelectElement],
  ["multi_select_static", MultiSelectElement],
  ["select_person", SelectElement],
  ["multi_select_person", MultiSelectElement],
  ["select_img", SelectImageElement],
  ["overflow", OverflowElement],
  ["date_picker", DateElement],
  ["picker_time", DateElement],
  ["picker_datetime", DateElement],
  ["checker", CheckerElement],
  ["chart", ChartElement],
  ["audio", AudioElement],
  // Components of schema 1.0.
  ["note", NoteElement],
  ["action", ActionElement],
]);

/** Draws a list of components. */
export function drawElements(elements: JsonValue | undefined): ComponentChild[] {
  const nodes = Array.isArray(elements) ? elements.filter(isJsonObject) : [];
  return nodes.map((node, index) => drawElement(node, index));
}

// The key holds the id, so that a component keeps its state, such as being unfolded, when others are added before it.
function drawElement(node: JsonObject, index: number): ComponentChild {
  const tag = textField(node, "tag") ?? "";
  const key = `${tag} ${textField(node, "element_id") ?? index}`;
  const element = h(ELEMENTS.get(tag) ?? PlaceholderElement, { node });
  return h("div", { key, class: "element", style: { margin: box(textField(node, "margin")) } }, element);
}
