import { type ComponentChild, h } from "preact";
import type { Block } from "../markdown/markdown-node.ts";
import { usePage } from "../page-context.ts";

type Code = Extract<Block, { type: "code" }>;

/** A block of code with its language above it. */
export function CodeBlock({ code: { language, text, hasCaret } }: { code: Code }): ComponentChild {
  const { texts } = usePage();
  return h(
    "figure",
    { class: "code-block" },
    h(
      "figcaption",
      null,
      LABELS.get(language.toLowerCase()) ?? (language === "" ? texts.plainText : language),
    ),
    h("pre", { tabIndex: 0 }, h("code", null, text, hasCaret === true && h("span", { class: "caret" }))),
  );
}

// How the client writes the languages that are not written as they are named.
const LABELS: ReadonlyMap<string, string> = new Map([
  ["plain_text", "Plain Text"],
  ["bash", "Bash"],
  ["sh", "Shell"],
  ["shell", "Shell"],
  ["c", "C"],
  ["cpp", "C++"],
  ["c_sharp", "C#"],
  ["css", "CSS"],
  ["diff", "Diff"],
  ["go", "Go"],
  ["html", "HTML"],
  ["http", "HTTP"],
  ["java", "Java"],
  ["javascript", "JavaScript"],
  ["js", "JavaScript"],
  ["json", "JSON"],
  ["kotlin", "Kotlin"],
  ["markdown", "Markdown"],
  ["php", "PHP"],
  ["python", "Python"],
  ["py", "Python"],
  ["ruby", "Ruby"],
  ["rust", "Rust"],
  ["sql", "SQL"],
  ["swift", "Swift"],
  ["toml", "TOML"],
  ["tsx", "TSX"],
  ["typescript", "TypeScript"],
  ["ts", "TypeScript"],
  ["xml", "XML"],
  ["yaml", "YAML"],
  ["yml", "YAML"],
]);
