import { defineConfig } from "tsup";

export default defineConfig({
  entry: [
    "src/index.ts",
    "src/webhook/index.ts",
    "src/long-connection/index.ts",
    "src/doctor/cli.ts",
    "src/process/http-transport.ts",
    "src/process/fetch-transport.ts",
  ],
  format: ["esm"],
  dts: true,
  clean: true,
  sourcemap: true,
  target: "node22",
  // Chosen where the package is used, by its `imports`.
  external: ["#transport"],
});
