import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Edit } from "./mutant.ts";

/** Folders and files that the simulation needs. */
const parts = ["packages", "test", "package.json", "tsconfig.json", "tsconfig.base.json"];

const SCOPE = "@streamcard";

/** Copy of the repository to which mutants are applied. */
export interface TreeCopy {
  readonly path: string;
  /** Applies edits. @returns a function that undoes them. @throws {Error} when the text to replace is not there exactly once. */
  apply(edits: readonly Edit[]): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

/** Copies the repository's sources into a temporary folder. Dependencies are shared with the original. */
export async function copyTree(root: string): Promise<TreeCopy> {
  const path = await mkdtemp(join(tmpdir(), "streamcard-mutant-"));
  const isSource = (source: string) => !/\/(?:dist|\.pack|coverage)$/.test(source);
  for (const part of parts) {
    await cp(join(root, part), join(path, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: isSource,
    });
  }
  await shareDependencies(root, path);
  return {
    path,
    apply: async (edits) => {
      const originals = new Map<string, string>();
      const undo = async () => {
        for (const [file, text] of originals) await writeFile(file, text);
      };
      for (const { file, find, replace } of edits) {
        const place = join(path, file);
        const text = await readFile(place, "utf8").catch(() => "");
        const found = text.split(find).length - 1;
        if (found !== 1) {
          await undo();
          throw new Error(
            `${JSON.stringify(find.slice(0, 60))} is ${found} times in ${file}, and has to be there once.`,
          );
        }
        if (!originals.has(place)) originals.set(place, text);
        await writeFile(
          place,
          text.replace(find, () => replace),
        );
      }
      return undo;
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** Links every dependency to the original's, and our own packages to the copies. */
async function shareDependencies(root: string, path: string): Promise<void> {
  const modules = join(path, "node_modules");
  await mkdir(join(modules, SCOPE), { recursive: true });
  for (const name of await readdir(join(root, "node_modules"))) {
    if (name !== SCOPE) await symlink(join(root, "node_modules", name), join(modules, name));
  }
  for (const name of await readdir(join(path, "packages"))) {
    await symlink(join(path, "packages", name), join(modules, SCOPE, name));
  }
}
