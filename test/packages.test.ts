import { globSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFeishuEmulator } from "@streamcard/emulator";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "./processes/run-command.ts";
import { startOpenAiServer } from "./providers/openai-server.ts";

const root = join(import.meta.dirname, "..");
const bin = (name: string) => join(root, "node_modules/.bin", name);
const packages = ["core", "bot", "feishu", "ai-sdk", "langchain", "emulator"];
const MINUTES = 60_000;

/** Tag of these tests, because they build and pack five packages and install them in an empty project. */
const slow = { tags: "slow" };

let folder: string;
let tarballs: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamcard-"));
  for (const name of packages) {
    const cwd = join(root, "packages", name);
    for (const args of [
      ["run", "build"],
      ["pack", "--pack-destination", folder],
    ]) {
      const { code, output } = await runCommand("npx", ["-y", "pnpm@12", ...args], { cwd });
      if (code !== 0) throw new Error(output);
    }
  }
  tarballs = globSync("*.tgz", { cwd: folder }).map((name) => join(folder, name));
}, 5 * MINUTES);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("given the packages as they are published", slow, () => {
  it("makes one tarball of each", () => {
    expect(tarballs).toHaveLength(packages.length);
  });

  it("has nothing for publint to say", async () => {
    for (const path of tarballs) {
      const file = await readFile(path);
      const tarball = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
      const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
      const found = messages.map((message) => formatMessage(message, pkg as never));
      expect(found, path).toEqual([]);
    }
  });

  it(
    "resolves with types for every kind of ESM importer",
    async () => {
      for (const path of tarballs) {
        const { code, output } = await runCommand(bin("attw"), ["--profile", "esm-only", "--no-color", path]);
        expect(code, output).toBe(0);
      }
    },
    2 * MINUTES,
  );
});

describe("given an empty project of somebody else", slow, () => {
  it(
    "installs the packages, and compiles and runs the README's first program",
    async () => {
      const project = await mkdtemp(join(tmpdir(), "streamcard-user-"));
      const emulator = await startFeishuEmulator({ page: false });
      const model = await startOpenAiServer(["The sky ", "is blue", " because", "…"]);
      try {
        const manifest = { name: "user", private: true, type: "module" };
        await writeFile(join(project, "package.json"), JSON.stringify(manifest));
        await writeFile(join(project, "tsconfig.json"), JSON.stringify(tsconfig));
        await writeFile(join(project, "answer.ts"), await firstProgram());
        await writeFile(join(project, "chain.ts"), chainProgram);
        await writeFile(join(project, "terminal.ts"), terminalProgram);
        const dependencies = [
          "ai@7",
          "@ai-sdk/openai-compatible@3",
          "@langchain/core@1",
          "typescript@6",
          "@types/node@24",
        ];
        const installed = await runCommand(
          "npm",
          ["install", "--no-audit", "--no-fund", ...tarballs, ...dependencies],
          {
            cwd: project,
          },
        );
        expect(installed.code, installed.output).toBe(0);

        const compiled = await runCommand(join(project, "node_modules/.bin/tsc"), ["-p", "."], {
          cwd: project,
        });
        expect(compiled.output).toBe("");
        const env = {
          FEISHU_DOMAIN: emulator.url,
          FEISHU_APP_ID: emulator.credentials.appId,
          FEISHU_APP_SECRET: emulator.credentials.appSecret,
          FEISHU_TO: emulator.chats.group,
          OPENAI_BASE_URL: model.url,
          OPENAI_API_KEY: "test",
        };
        const ran = await runCommand(process.execPath, ["answer.js"], { cwd: project, env });
        expect(ran.output).toContain("finished card");
        const chained = await runCommand(process.execPath, ["chain.js"], { cwd: project, env });
        expect(chained.output).toContain("finished card");
        const drawn = await runCommand(process.execPath, ["terminal.js"], { cwd: project });
        expect(drawn.output).toContain("A whole answer.");
        expect(drawn.output).toContain("天空是蓝色的。");
        expect(drawn.output).toContain("finished card");
        const [card, chainCard] = emulator.cards();
        expect(chainCard?.elements.map(({ content }) => content)).toContain("天空是蓝色的。");
        expect(card).toMatchObject({ streaming: false, finalizations: 1 });
        expect(card?.elements.map(({ content }) => content)).toContain("The sky is blue because…");
      } finally {
        await model.close();
        await emulator.close();
        await rm(project, { recursive: true, force: true });
      }
    },
    5 * MINUTES,
  );
});

const tsconfig = {
  compilerOptions: {
    strict: true,
    target: "es2023",
    module: "nodenext",
    skipLibCheck: true,
    types: ["node"],
  },
  files: ["answer.ts", "chain.ts", "terminal.ts"],
};

const chainProgram = `
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { FeishuCardHandler } from "@streamcard/langchain";

const handler = new FeishuCardHandler();
await new FakeListChatModel({ responses: ["天空是蓝色的。"] }).invoke("为什么？", handler.run());
const { status, delivery } = await handler.result();
console.log(status, delivery);
`;

/** Cards of another platform than Feishu, by the entries that load core alone. */
const terminalProgram = `
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { pipeToCard } from "@streamcard/ai-sdk/card";
import { CardStream, createTextDriver } from "@streamcard/core";
import { CardHandler } from "@streamcard/langchain/card";

const driver = () => createTextDriver({ write: (text) => process.stdout.write(text) });
const card = () => new CardStream({ driver: driver() });
const { delivery } = await pipeToCard("A whole answer.", card());
const handler = new CardHandler({ card });
await new FakeListChatModel({ responses: ["天空是蓝色的。"] }).invoke("为什么？", handler.run());
const { status } = await handler.result();
console.log(status, delivery);
`;

async function firstProgram(): Promise<string> {
  const readme = await readFile(join(root, "README.md"), "utf8");
  return /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
}
