import { type ComponentChild, h } from "preact";
import { useMemo } from "preact/hooks";
import { highlightCode } from "./highlight-code.ts";

/** Draws code in the colours of its language. Control characters that reorder text are shown by their code points. */
export function CodeText({ code, language }: { code: string; language: string }): ComponentChild {
  const pieces = useMemo(() => highlightCode(code, language), [code, language]);
  return pieces.map(({ text, kind }, index) => {
    if (kind === undefined) return text;
    const name =
      kind === "control" ? { "data-code": `U+${text.charCodeAt(0).toString(16).toUpperCase()}` } : {};
    return h("span", { key: index, class: `code-${kind}`, ...name }, text);
  });
}
