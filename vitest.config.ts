import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    setupFiles: [join(import.meta.dirname, "test/setup/configure-properties.ts")],
    projects: [
      // Properties take their time where the machine has other things to do.
      {
        extends: true,
        test: { name: "unit", include: ["packages/*/src/**/*.test.ts"], testTimeout: 30_000 },
      },
      { extends: true, test: { name: "scenarios", include: ["test/**/*.test.ts"], testTimeout: 60_000 } },
    ],
  },
});
