import { Component, type ComponentChild, h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { JsonObject } from "../../ground/json.ts";
import { CodeText } from "../card/text/code-text.ts";
import { CopyButton } from "../parts/copy-button.ts";
import { usePage } from "../parts/page-context.ts";

// Slower than the frames in which a streaming card changes, because nobody reads JSON that fast.
const REFRESH_MS = 200;

/** Draws a card's JSON, refreshed at most every 200 ms. */
export function JsonView({ json }: { json: JsonObject }): ComponentChild {
  const { texts } = usePage();
  const shown = useThrottled(json);
  const lines = JSON.stringify(shown, undefined, 2).split("\n");
  return h(
    "div",
    { class: "json-view" },
    h(CopyButton, { text: () => JSON.stringify(json, undefined, 2), label: texts.copyCode }),
    h(
      "pre",
      { tabIndex: 0, "aria-label": texts.cardJson },
      lines.map((line, index) => h(JsonLine, { key: index, line })),
    ),
  );
}

class JsonLine extends Component<{ line: string }> {
  override shouldComponentUpdate({ line }: { line: string }): boolean {
    return line !== this.props.line;
  }

  override render({ line }: { line: string }): ComponentChild {
    const text = line.trimStart();
    const indent = line.length - text.length;
    return h(
      "div",
      { class: "json-line", style: { paddingLeft: `${indent + 2}ch` } },
      h(CodeText, { code: text, language: "json" }),
    );
  }
}

function useThrottled(json: JsonObject): JsonObject {
  const [shown, setShown] = useState(json);
  const newest = useRef(json);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  newest.current = json;
  useEffect(() => {
    if (json === shown || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      setShown(newest.current);
    }, REFRESH_MS);
  }, [json, shown]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return shown;
}
