import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { isFull } from "./test/setup/cases.ts";
import { NameLeftOut } from "./test/setup/name-left-out.ts";

const setup = (name: string) => join(import.meta.dirname, "test/setup", name);

export default defineConfig({
  test: {
    setupFiles: [setup("configure-properties.ts")],
    maxWorkers: "100%",
    reporters: ["default", new NameLeftOut()],
    tags: [
      {
        name: "slow",
        description: "installs, builds, packs or serves a thousand cards; left to the full suite",
      },
    ],
    ...(!isFull && { tagsFilter: ["!slow"] }),
    projects: [
      // Properties take their time where the machine has other things to do.
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts"],
          setupFiles: [setup("configure-properties.ts"), setup("fresh-globals.ts")],
          // Files share processes in the quick suite, and have one each in the full one.
          isolate: isFull,
          testTimeout: 30_000,
        },
      },
      { extends: true, test: { name: "scenarios", include: ["test/**/*.test.ts"], testTimeout: 60_000 } },
    ],
  },
});
