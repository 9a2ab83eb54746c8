import { expect, it, vi } from "vitest";
import * as errors from "./feishu-error.ts";

const own = { ...errors };

// A second copy of this file and of core, as a project has with two versions of a package.
vi.resetModules();
const copy = await import("./feishu-error.ts");

const answer = {
  attempt: "Sending the card",
  method: "POST",
  path: "/open-apis/im/v1/messages",
  status: 400,
  platformCode: 230002,
  platformMessage: "Bot is not in the chat",
};
const lost = { attempt: "Sending the card", reason: "the connection was lost", mayHaveArrived: true };

const makers = {
  FeishuApiError: (from: typeof own) => new from.FeishuApiError(answer),
  FeishuTransportError: (from: typeof own) => new from.FeishuTransportError(lost),
  FeishuConfigError: (from: typeof own) => new from.FeishuConfigError("The credentials are missing."),
};
const names = ["FeishuApiError", "FeishuTransportError", "FeishuConfigError"] as const;

it.each(names)("tells a %s of another copy of the package from the other errors", (name) => {
  const error = makers[name](copy);
  expect(error).not.toBeInstanceOf(own[name]);
  expect(names.filter((other) => own[other].isInstance(error))).toEqual([name]);
  expect(own[name].isInstance(makers[name](own))).toBe(true);
});

it.each(names)("tells other values from a %s", (name) => {
  const lookalike = Object.assign(new Error("no"), { name, code: makers[name](own).code });
  for (const value of [undefined, null, "error", new Error("no"), lookalike]) {
    expect(own[name].isInstance(value)).toBe(false);
  }
});
