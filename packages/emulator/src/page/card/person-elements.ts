import { type ComponentChild, h } from "preact";
import { Avatar } from "../chat/avatar.ts";
import { usePage } from "../page-context.ts";
import type { ElementProps } from "./card-context.ts";
import { isSet, objectsIn, textField } from "./json-field.ts";

const SIZES: ReadonlyMap<string, number> = new Map([
  ["extra_small", 20],
  ["small", 24],
  ["medium", 32],
  ["large", 48],
]);

/** `person` */
export function PersonElement({ node }: ElementProps): ComponentChild {
  return h(PersonFace, { id: textField(node, "user_id") ?? "", node, hasNameByDefault: false });
}

/** `person_list` */
export function PersonList({ node }: ElementProps): ComponentChild {
  const ids = objectsIn(node.persons).map((person) => textField(person, "id") ?? "");
  return h(
    "div",
    { class: "person-list" },
    ids.map((id, index) => h(PersonFace, { key: index, id, node, hasNameByDefault: true })),
  );
}

function PersonFace({
  id,
  node,
  hasNameByDefault,
}: ElementProps & { id: string; hasNameByDefault: boolean }): ComponentChild {
  const { nameOf } = usePage();
  const name = nameOf(id);
  const hasName = hasNameByDefault ? node.show_name !== false : isSet(node, "show_name");
  return h(
    "span",
    { class: node.style === "capsule" ? "person-mark capsule" : "person-mark" },
    node.show_avatar !== false &&
      h(Avatar, { name, id, size: SIZES.get(textField(node, "size") ?? "") ?? 32 }),
    hasName && name,
  );
}
