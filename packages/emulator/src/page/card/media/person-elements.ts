import { type ComponentChild, h } from "preact";
import { Avatar } from "../../parts/avatar.ts";
import { usePage } from "../../parts/page-context.ts";
import type { ElementProps } from "../node/card-context.ts";
import { numberField, objectsIn, textField, wordField } from "../node/json-field.ts";

const SIZES: ReadonlyMap<string, number> = new Map([
  ["extra_small", 20],
  ["small", 24],
  ["medium", 32],
  ["large", 48],
]);
const NAME_LINE_PX = 24;

/** Draws a `person`. */
export function PersonElement({ node }: ElementProps): ComponentChild {
  const id = textField(node, "user_id") ?? "";
  return h(PersonFace, { id, node, hasName: node.show_name === true });
}

/** Draws a `person_list`: faces with names, or overlapping faces alone. */
export function PersonList({ node }: ElementProps): ComponentChild {
  const hasName = node.show_name !== false;
  const ids = objectsIn(node.persons).map((person) => textField(person, "id") ?? "");
  const lines = numberField(node, "lines");
  const height = (SIZES.get(textField(node, "size") ?? "") ?? NAME_LINE_PX) + 6;
  const isCut = lines !== undefined && lines > 0;
  return h(
    "div",
    {
      class: hasName ? "person-list" : "person-list faces",
      style: isCut ? { maxHeight: `${Math.floor(lines) * height}px`, overflow: "hidden" } : {},
    },
    ids.map((id, index) => h(PersonFace, { key: index, id, node, hasName })),
  );
}

function PersonFace({ id, node, hasName }: ElementProps & { id: string; hasName: boolean }): ComponentChild {
  const { nameOf } = usePage();
  const name = nameOf(id);
  const isCapsule = wordField(node, "style", ["normal", "capsule"]) === "capsule";
  const size = SIZES.get(textField(node, "size") ?? "") ?? (hasName ? NAME_LINE_PX : 32);
  return h(
    "span",
    { class: isCapsule ? "person-mark capsule" : "person-mark", title: hasName ? undefined : name },
    node.show_avatar !== false && h(Avatar, { name, id, size: isCapsule ? Math.min(size, 20) : size }),
    hasName ? h("span", { class: "person-name" }, name) : h("span", { class: "unseen" }, name),
  );
}
