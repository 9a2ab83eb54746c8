import { defineConfig } from "tsup";

export default defineConfig({
  entry: [
    "src/index.ts",
    "src/webhook/index.ts",
    "src/long-connection/index.ts",
    "src/cli.ts",
    "src/http-transport.ts",
    "src/fetch-transport.ts",
  ],
  format: ["esm"],
  dts: true,
  clean: true,
  sourcemap: true,
  target: "node22",
  // Chosen where the package is used, by its `imports`.
  external: ["#transport"],
});
