import { type ComponentChild, h } from "preact";
import { Avatar } from "../parts/avatar.ts";
import { Icon } from "../parts/icon.ts";
import { Menu } from "../parts/menu.ts";
import { usePage } from "../parts/page-context.ts";

export interface PersonSwitcherProps {
  me: { openId: string; name: string };
  onActor(openId: string): void;
}

/** Draws the menu that chooses the person who writes and clicks at this page. */
export function PersonSwitcher({ me, onActor }: PersonSwitcherProps): ComponentChild {
  const { texts, people } = usePage();
  if (people.length < 2) return null;
  return h(
    Menu,
    {
      label: `${texts.actAs} ${me.name}`,
      className: "switcher",
      items: people.map(({ openId, name }) => ({
        label: name,
        isChecked: openId === me.openId,
        choose: () => onActor(openId),
      })),
    },
    h(Avatar, { name: me.name, id: me.openId, size: 22 }),
    h("span", { class: "switcher-name" }, me.name),
    h(Icon, { name: "down", size: 12 }),
  );
}
