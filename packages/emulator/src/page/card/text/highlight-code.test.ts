import { describe, expect, it } from "vitest";
import { highlightCode } from "./highlight-code.ts";

describe("given code in a card", () => {
  const text = (code: string, language: string): string =>
    highlightCode(code, language)
      .map((run) => run.text)
      .join("");
  const kinds = (code: string, language: string): (string | undefined)[] =>
    highlightCode(code, language)
      .filter((run) => run.kind !== undefined)
      .map((run) => `${run.kind} ${run.text}`);

  it("marks what a word is in its language", () => {
    expect(kinds("const 名 = '值'; // 注", "typescript")).toEqual([
      "kwd const",
      "oper =",
      "str '值'",
      "cmnt // 注",
    ]);
  });

  it.each([
    ["TypeScript", "let a"],
    ["PY", "return a"],
    ["sh", "if true; then echo; fi"],
    ["docker_file", "FROM node:24"],
    ["c_sharp", "public class A {}"],
  ])("knows the language by the name %s", (language, code) => {
    expect(kinds(code, language).length).toBeGreaterThan(0);
  });

  it.each(["", "plain_text", "brainwash", "constructor", "__proto__", "toString"])(
    "leaves code in %j as it is",
    (language) => {
      expect(highlightCode("let <a>", language)).toEqual([{ text: "let <a>", kind: undefined }]);
    },
  );

  it("loses no character, whatever the language", () => {
    const code = "中文 `a$" + "{1}` \"\\\" '\n\t/* 未完 <b a='1'>{ -- # \u202e [x]: 0x1f\n";
    for (const language of "bash c css diff docker go html http ini java js json lua make md pl py rs sql toml ts xml yaml".split(
      " ",
    ))
      expect(text(code, language)).toBe(code);
  });

  it("shows the marks that turn text around as marks of their own", () => {
    expect(highlightCode("a\u202eb\u2066", "").map(({ kind }) => kind)).toEqual([
      undefined,
      "control",
      undefined,
      "control",
    ]);
  });

  it.each([
    ["one long word", "a".repeat(28_000)],
    ["one long line", "a: ".repeat(9_000)],
    ["nothing but line breaks", "\n".repeat(28_000)],
    ["names after names", "A_ ".repeat(9_000).replaceAll(/(.{900})/g, "$1\n")],
    ["quotes that never close", "f'{".repeat(100).concat("\n").repeat(90)],
    ["braces that never close", "`${".repeat(100).concat("\n").repeat(90)],
  ])("is quick about %s", (_, code) => {
    const start = performance.now();
    for (const language of ["ts", "py", "json", "ini", "http", "css", "bash", "yaml"])
      highlightCode(code, language);

    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
