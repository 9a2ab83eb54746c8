import { type ComponentChild, h } from "preact";
import type { Block } from "../../markdown/markdown-node.ts";
import { CopyButton } from "../../parts/copy-button.ts";
import { usePage } from "../../parts/page-context.ts";
import { CodeText } from "./code-text.ts";

type Code = Extract<Block, { type: "code" }>;

/** Draws a block of code with its language above it. */
export function CodeBlock({ code: { language, text, hasCaret } }: { code: Code }): ComponentChild {
  const { texts } = usePage();
  const label = LABELS.get(language.toLowerCase()) ?? (language === "" ? texts.plainText : language);
  return h(
    "figure",
    { class: "code-block" },
    h(
      "figcaption",
      null,
      h("span", { class: "code-language" }, label),
      h(CopyButton, { text: () => text, label: texts.copyCode }),
    ),
    h(
      "pre",
      { tabIndex: 0, "aria-label": label },
      h(
        "code",
        null,
        h(CodeText, { code: text, language }),
        hasCaret === true && h("span", { class: "caret" }),
      ),
    ),
  );
}

// Languages that the client writes in another way than Markdown names them.
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
  ["docker_file", "Dockerfile"],
  ["dockerfile", "Dockerfile"],
  ["cs", "C#"],
  ["csharp", "C#"],
  ["lua", "Lua"],
  ["makefile", "Makefile"],
  ["perl", "Perl"],
  ["r", "R"],
  ["scala", "Scala"],
  ["dart", "Dart"],
  ["scss", "SCSS"],
  ["ini", "INI"],
  ["properties", "Properties"],
  ["nginx", "Nginx"],
  ["powershell", "PowerShell"],
  ["protobuf", "Protobuf"],
  ["graphql", "GraphQL"],
  ["latex", "LaTeX"],
  ["matlab", "MATLAB"],
  ["objective_c", "Objective-C"],
]);
