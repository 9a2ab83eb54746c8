import { describe, expect, it } from "vitest";
import { citedSource, documentSources } from "./cited-source.ts";

const link = { type: "source", sourceType: "url", id: "https://e.com", url: "https://e.com" };
const named = (title: string) => ({
  type: "source",
  sourceType: "document",
  id: title,
  mediaType: "text/plain",
  title,
});

describe("given a citation", () => {
  it.each([
    ["Anthropic's web search", { type: "web_search_result_location", url: "https://e.com" }, link],
    [
      "a document given to Anthropic",
      { type: "char_location", document_index: 0, document_title: "合同" },
      named("合同"),
    ],
    ["a file of OpenAI's", { type: "file_citation", file_id: "f", filename: "年报.pdf" }, named("年报.pdf")],
    ["LangChain's by its place", { type: "citation", source: "https://e.com" }, link],
    ["one without a name", { type: "file_path", file_id: "f" }, undefined],
    ["what is none", null, undefined],
  ])("names the source of %s", (_name, citation, source) => {
    expect(citedSource(citation)).toEqual(source);
  });
});

describe("given documents that a retriever found", () => {
  it.each([
    [
      "a page",
      { pageContent: "…", metadata: { source: "https://e.com", title: "首页" } },
      [{ ...link, title: "首页" }],
    ],
    ["a file, without its path", { metadata: { source: "/srv/data/手册.md" } }, [named("手册.md")]],
    ["one without metadata", { pageContent: "…" }, []],
    ["what is none", 7, []],
  ])("names %s", (_name, document, sources) => {
    expect(documentSources([document])).toEqual(sources);
  });
});
