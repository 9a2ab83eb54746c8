import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { runCommand } from "../processes/run-command.ts";
import { allCandidates } from "./candidates/all-candidates.ts";
import type { Section } from "./section.ts";
import { summaryTable } from "./summary.ts";
import { markdownTable } from "./table.ts";

const root = join(import.meta.dirname, "../..");
const [BEGIN, END] = ["<!-- bench:begin -->", "<!-- bench:end -->"];

/** Writes one section as Markdown. */
export function sectionText({ title, about, rows }: Section): string {
  const header = ["", ...allCandidates.map(({ name }) => name)];
  const table = markdownTable(
    header,
    rows.map(({ name, cells }) => [name, ...cells]),
  );
  return `## ${title}\n\n${about}\n\n${table}\n`;
}

/** Writes `results.md`, and the short table into the READMEs. */
export async function writeResults(sections: readonly Section[]): Promise<void> {
  const machine = `Node.js ${process.versions.node}, ${availableParallelism()} cores`;
  const text = [
    "# Results of the bench\n",
    `Written by \`pnpm run bench\` (${machine}). Ratios in brackets are to streamcard.\n`,
    `${BEGIN}\n\n${summaryTable(sections, "en")}\n\n${END}\n`,
    ...sections.map(sectionText),
  ].join("\n");
  await writeFile(join(import.meta.dirname, "results.md"), text);
  await replaceTable("README.md", summaryTable(sections, "en"));
  await replaceTable("README.zh-CN.md", summaryTable(sections, "zh"));
  const files = ["README.md", "README.zh-CN.md", "test/bench/results.md"];
  const { code, output } = await runCommand("node_modules/.bin/biome", ["format", "--write", ...files], {
    cwd: root,
  });
  if (code !== 0) throw new Error(output);
}

async function replaceTable(name: string, table: string): Promise<void> {
  const path = join(root, name);
  const text = await readFile(path, "utf8");
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`${name} has no place for the table: put it between ${BEGIN} and ${END}.`);
  }
  await writeFile(path, `${before}${BEGIN}\n\n${table}\n\n${END}${after}`);
}
