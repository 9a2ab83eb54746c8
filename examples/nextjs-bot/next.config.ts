import { join } from "node:path";
import type { NextConfig } from "next";

const repository = join(import.meta.dirname, "../..");

const config: NextConfig = {
  // The packages are linked, and used from their TypeScript sources.
  turbopack: { root: repository },
  outputFileTracingRoot: repository,
  transpilePackages: ["@streamcard/ai-sdk", "@streamcard/bot", "@streamcard/core", "@streamcard/feishu"],
};

export default config;
