import { type ComponentChild, h } from "preact";
import { usePage } from "../parts/page-context.ts";
import { type TextRun, textRuns } from "./text-parts.ts";

/** A text message. */
export function TextBubble({
  text,
  mention,
  sender,
}: {
  text: string;
  mention: string | undefined;
  sender: "app" | "user";
}): ComponentChild {
  const { nameOf, texts } = usePage();
  const draw = (run: TextRun, index: number): ComponentChild => {
    if (run.type === "text") return run.text;
    if (run.type === "link") {
      return h(
        "a",
        { key: index, class: "link", href: run.url, target: "_blank", rel: "noopener noreferrer" },
        run.text,
      );
    }
    const name = run.id === "all" ? texts.everyone : nameOf(run.id, run.name || texts.unknownUser);
    return h("span", { key: index, class: "mention" }, `@${name}`);
  };
  return h(
    "div",
    { class: "bubble" },
    mention !== undefined && [h("span", { class: "mention" }, `@${mention}`), " "],
    textRuns(text, sender).map(draw),
  );
}
