import { type ComponentChild, h } from "preact";
import { useMemo } from "preact/hooks";
import { highlightCode } from "./highlight-code.ts";

/** Code in the colours of its language. */
export function CodeText({ code, language }: { code: string; language: string }): ComponentChild {
  const runs = useMemo(() => highlightCode(code, language), [code, language]);
  return runs.map(({ text, kind }, index) => {
    if (kind === undefined) return text;
    const name =
      kind === "control" ? { "data-code": `U+${text.charCodeAt(0).toString(16).toUpperCase()}` } : {};
    return h("span", { key: index, class: `code-${kind}`, ...name }, text);
  });
}
