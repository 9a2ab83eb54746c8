import { parseArgs } from "node:util";
import { StreamcardError } from "@streamcard/core";
import { readEnv } from "../api/env.ts";
import { resolveConfig } from "../api/feishu-config.ts";
import { createFeishu, type FeishuOptions } from "../create-feishu.ts";
import { checkReceiveId } from "../driver/receive-id.ts";
import { examine, type Finding } from "./examine.ts";

const USAGE = `Usage: streamcard-feishu doctor [--to <id>] [--domain feishu|lark|<url>] [--images]

Checks credentials, scopes and the way to the receiver, and streams one test card.

  --to <id>        who gets the card: a chat (oc_…) or a person (ou_…, on_…, an e-mail address); default FEISHU_TO
  --domain <name>  default FEISHU_DOMAIN, else feishu
  --images         checks the scope for images, too
  --help           show this text

The app is named by FEISHU_APP_ID and FEISHU_APP_SECRET.
`;

const marks: Readonly<Record<Finding["status"], string>> = { ok: "✓", problem: "✗", note: "i", skipped: "-" };

/**
 * Runs the command.
 *
 * @returns the exit code: 0 when all is well, 1 for problems, 2 when it was called wrongly.
 */
export async function runCli(
  args: readonly string[],
  print: (text: string) => void,
  options: Pick<FeishuOptions, "fetch"> = {},
): Promise<number> {
  const read = readArguments(args);
  if (typeof read === "string") {
    print(`${read}\n\n${USAGE}`);
    return 2;
  }
  if (read.help) {
    print(USAGE);
    return 0;
  }
  const { to, domain, hasImages } = read;
  const settings: FeishuOptions = {
    ...options,
    ...(domain !== undefined && { domain }),
    logger: { warn() {} },
  };
  let feishu: ReturnType<typeof createFeishu> | undefined;
  try {
    feishu = createFeishu(settings);
    const config = resolveConfig(settings);
    const hasKeys = ["FEISHU_ENCRYPT_KEY", "FEISHU_VERIFICATION_TOKEN"].some(
      (name) => readEnv(name) !== undefined,
    );
    let problems = 0;
    for await (const finding of examine({ feishu, config, to, webhook: { hasKeys }, hasImages })) {
      print(line(finding));
      if (finding.status === "problem") problems += 1;
    }
    print(problems === 0 ? "\nAll is well.\n" : `\n${problems} to mend.\n`);
    return problems === 0 ? 0 : 1;
  } catch (error) {
    if (!StreamcardError.isInstance(error)) throw error;
    print(line({ status: "problem", subject: "configuration", detail: error.message }));
    return 1;
  } finally {
    await feishu?.close();
  }
}

type Arguments = { help: boolean; to: string; domain: string | undefined; hasImages: boolean };

function readArguments(args: readonly string[]): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        to: { type: "string" },
        domain: { type: "string" },
        images: { type: "boolean", default: false },
        help: { type: "boolean" },
      },
    });
    if (values.help === true) return { help: true, to: "", domain: undefined, hasImages: false };
    const [command, ...more] = positionals;
    if (command !== "doctor" || more.length > 0) {
      return `The command is "doctor", received ${JSON.stringify(positionals.join(" "))}.`;
    }
    const to: unknown = values.to ?? readEnv("FEISHU_TO");
    if (to === undefined) return "Say who gets the test card: --to oc_…, or FEISHU_TO.";
    checkReceiveId(to, "--to");
    return { help: false, to, domain: values.domain, hasImages: values.images };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function line({ status, subject, detail, advice }: Finding): string {
  const head = `${marks[status]} ${subject.padEnd(19)} ${detail}\n`;
  return advice === undefined ? head : `${head}  ${" ".repeat(19)} → ${advice}\n`;
}
