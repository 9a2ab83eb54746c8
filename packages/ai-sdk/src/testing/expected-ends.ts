import type { RunStatus } from "@streamcard/core";
import { expect } from "vitest";
import type { CardDesk } from "./card-desk.ts";
import type { Major } from "./majors.ts";
import { boom, type ScenarioName, scenarios } from "./scenarios.ts";

export type Version = Major["version"];

/** The end of a scenario on a card. */
export interface End {
  /** Fields of the result. */
  readonly result: { readonly status: RunStatus; readonly reason?: string; readonly error?: unknown };
  /** The blocks of text that the reader sees. */
  readonly texts: readonly string[];
  /** The line below them. */
  readonly status: string;
}

export const scenarioNames = Object.keys(scenarios) as ScenarioName[];

const whole = ["你好，世界。"];
const part = ["你好，世"];
const firstStep = ["让我查一下。"];
const bothSteps = [...firstStep, "北京是晴天。"];

const finished = (texts: readonly string[]): End => ({
  result: { status: "finished" },
  texts,
  status: "已完成",
});
const failed = (texts: readonly string[], error?: unknown): End => ({
  result: { status: "failed", reason: "error", ...(error !== undefined && { error }) },
  texts,
  status: "出错了，内容可能不完整",
});
const stopped = (texts: readonly string[]): End => ({
  result: { status: "stopped", reason: "aborted" },
  texts,
  status: "已停止",
});
const cut = (reason: string, texts: readonly string[], status: string): End => ({
  result: { status: "finished", reason },
  texts,
  status,
});

export const nothing: End = { ...finished([]), status: "已完成，没有内容" };
export const timedOut: End = {
  result: { status: "stopped", reason: "timeout" },
  texts: part,
  status: "已超时，内容可能不完整",
};

const ends: Record<ScenarioName, End | ((version: Version) => End)> = {
  "a natural end": finished(whole),
  "the length limit": cut("length", ["你好，世界"], "已达到长度上限，内容不完整"),
  "a content filter": cut("content-filter", ["你好，世界"], "内容被安全策略截断"),
  "no output": nothing,
  "a stream without an end": (version) => (version === 5 ? nothing : failed([])),
  "two steps": finished(bothSteps),
  "a tool that throws": finished(bothSteps),
  "the step limit": cut("step-limit", firstStep, "已达到步数上限"),
  "the step limit after a tool that throws": cut("step-limit", firstStep, "已达到步数上限"),
  "a tool that runs elsewhere": cut("waiting", firstStep, "等待处理"),
  // Version 5 knows no approvals and runs the tool.
  "a missing approval": (version) =>
    version === 5 ? finished(bothSteps) : cut("waiting", firstStep, "等待处理"),
  "an error that ends it": failed(part, boom),
  "an error that it survives": finished([...part, "界。"]),
  "a failed request": failed([], boom),
  "a failed second request": failed(firstStep, boom),
  "a dead socket": failed(part, boom),
  "an abort": stopped(part),
  "an abort in the second step": stopped([...firstStep, ...part]),
  "an abort for a string": stopped(part),
  "an abort for an error": stopped(part),
  "an abort that the model ignores": stopped(part),
  "a transform that stops it": finished(part),
  "a callback that throws": finished(whole),
};

/**
 * Ends of runs whose signal the card does not know: versions 5 and 6 reject for a reason of one's own, or never end.
 */
const endsOfUnknownSignals: Partial<Record<ScenarioName, End>> = {
  "an abort for a string": failed(part, "user left"),
  "an abort for an error": failed(part),
  "an abort that the model ignores": timedOut,
};

/** @param signal Whether the card was given the signal that the run was given. */
export function endOf(name: ScenarioName, version: Version, signal: "known" | "unknown"): End {
  const unknown = signal === "unknown" && version < 7 ? endsOfUnknownSignals[name] : undefined;
  const end = unknown ?? ends[name];
  return typeof end === "function" ? end(version) : end;
}

export function expectEnd(desk: CardDesk, result: unknown, { texts, status, ...expected }: End): void {
  expect(result).toMatchObject({ delivery: "card", text: texts.join(""), ...expected.result });
  expect(desk.seen()).toEqual([{ texts, status, streaming: false, finalizations: 1 }]);
}
