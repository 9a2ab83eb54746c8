import { tool } from "ai";
import Formula from "fparser";
import { z } from "zod";
import type { DocIndex } from "./search-docs.ts";

/** Longest text of a document that the model is given, in characters. */
const DOC_LENGTH = 4_000;

/** Makes the tools of the agent. All but the booking really happen, on this machine. */
export function createTools(docs: DocIndex) {
  return {
    clock: tool({
      description: "Tells the time now in one or more time zones.",
      inputSchema: z.object({
        timeZones: z.array(z.string()).min(1).describe("IANA names, such as Asia/Shanghai"),
      }),
      execute: ({ timeZones }) => ({
        times: timeZones.map((timeZone) => ({ timeZone, ...timeIn(timeZone, new Date()) })),
      }),
    }),
    calculator: tool({
      description: "Calculates the value of an arithmetic expression.",
      inputSchema: z.object({ expression: z.string().describe("such as (3 + 4) * 2 ^ 5") }),
      execute: ({ expression }) => ({ expression, value: Number(Formula.calc(expression, {})) }),
    }),
    bookRoom: tool({
      description: "Books a meeting room for today, once the person has approved it.",
      inputSchema: z.object({ room: z.string(), time: z.string().describe("such as 15:00") }),
      execute: ({ room, time }) => ({ room, time, bookedAt: new Date().toISOString() }),
    }),
    searchDocs: tool({
      description: "Searches the documents of this repository and a few general ones.",
      inputSchema: z.object({ query: z.string() }),
      execute: ({ query }) => ({ hits: docs.search(query) }),
    }),
    readDoc: tool({
      description: "Reads a document that a search has found.",
      inputSchema: z.object({ path: z.string() }),
      execute: ({ path }) => {
        const doc = docs.read(path);
        if (doc === undefined) throw new Error(`There is no document at ${path}.`);
        return { path, title: doc.title, text: doc.text.slice(0, DOC_LENGTH) };
      },
    }),
  };
}

function timeIn(timeZone: string, now: Date): { date: string; time: string; weekday: string } {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-CA", { timeZone, ...options }).format(now);
  return {
    date: part({ dateStyle: "short" }),
    time: part({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
    weekday: part({ weekday: "long" }),
  };
}
