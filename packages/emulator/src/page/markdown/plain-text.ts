import type { Inline } from "./markdown-node.ts";

/** Collects the text of nodes without their formatting. */
export function plainText(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === "text" || node.type === "code") return node.text;
      return "children" in node ? plainText(node.children) : "";
    })
    .join("");
}
