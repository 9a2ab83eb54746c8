import { glob, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import MiniSearch from "minisearch";
import { languageOf } from "./language.ts";

export interface Doc {
  readonly path: string;
  readonly title: string;
  readonly language: "zh" | "en";
  readonly text: string;
}

export interface Hit {
  readonly path: string;
  readonly title: string;
  readonly score: number;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const sources = ["*.md", "packages/*/README*.md", "examples/demo/knowledge/*.md"];

/** The documents of this repository, and a handful of general ones, to search in. */
export class DocIndex {
  readonly #docs: ReadonlyMap<string, Doc>;
  readonly #index: MiniSearch;

  private constructor(docs: readonly Doc[]) {
    this.#docs = new Map(docs.map((doc) => [doc.path, doc]));
    this.#index = new MiniSearch({
      fields: ["title", "text"],
      idField: "path",
      tokenize,
      processTerm: (term) => (commonWords.has(term) ? null : term),
      searchOptions: { tokenize },
    });
    this.#index.addAll(docs);
  }

  static async load(): Promise<DocIndex> {
    const docs: Doc[] = [];
    for await (const path of glob(sources, { cwd: root }))
      docs.push(readDoc(path, await readFile(`${root}${path}`, "utf8")));
    return new DocIndex(docs);
  }

  /** Finds the three documents that fit a question best, those in its own language first. */
  search(query: string): Hit[] {
    const language = languageOf(query);
    return this.#index
      .search(query, { boost: { title: 4 } })
      .map(({ id, score }) => ({ doc: this.#docs.get(String(id)), score }))
      .flatMap(({ doc, score }) =>
        doc === undefined ? [] : [{ doc, score: doc.language === language ? score * 3 : score }],
      )
      .sort((one, other) => other.score - one.score)
      .slice(0, 3)
      .map(({ doc, score }) => ({ path: doc.path, title: doc.title, score: Math.round(score * 10) / 10 }));
  }

  read(path: string): Doc | undefined {
    return this.#docs.get(path);
  }
}

/** Words that say nothing about what a question is about. */
const commonWords = new Set(
  (
    "的 了 是 在 有 和 与 吗 呢 什么 为什么 怎么 怎样 如何 谁 哪 一个 一下 请 我 你 它 用 " +
    "a an the is are was were be do does did to of in on at for and or it its this that with by from as " +
    "what why how who when where which can could you i me my please tell about"
  ).split(" "),
);

function readDoc(path: string, text: string): Doc {
  const title = /^#\s+(.+)$/m.exec(text)?.[1] ?? path;
  return { path, title, language: languageOf(title), text };
}

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** Chinese has no spaces between words. */
function tokenize(text: string): string[] {
  return [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment.toLowerCase()] : [],
  );
}
