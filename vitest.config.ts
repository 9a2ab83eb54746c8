import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    setupFiles: [join(import.meta.dirname, "test/fixed-seed.ts")],
    projects: [
      { extends: true, test: { name: "unit", include: ["packages/*/src/**/*.test.ts"] } },
      { extends: true, test: { name: "scenarios", include: ["test/**/*.test.ts"], testTimeout: 60_000 } },
    ],
  },
});
