import { type ComponentChild, h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { copyText } from "./copy-text.ts";
import { Icon } from "./icon.ts";
import { usePage } from "./page-context.ts";

const SHOWN_MS = 1500;

/** Draws a button that copies a text and shows the outcome for 1.5 seconds. */
export function CopyButton({ text, label }: { text: () => string; label: string }): ComponentChild {
  const { texts } = usePage();
  const [outcome, setOutcome] = useState<"copied" | "failed">();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => setOutcome((await copyText(text())) ? "copied" : "failed");
  const said = outcome === undefined ? label : outcome === "copied" ? texts.copied : texts.copyFailed;
  return h(
    "button",
    {
      type: "button",
      class: `copy ${outcome ?? ""}`,
      "aria-label": said,
      title: said,
      onClick: () => void copy(),
    },
    h(Icon, { name: outcome === "copied" ? "check" : "copy", size: 14 }),
    h("span", { class: "copy-label", "aria-live": "polite" }, outcome === undefined ? "" : said),
  );
}
