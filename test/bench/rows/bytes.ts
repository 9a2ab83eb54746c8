import { codeBlock, mixedAnswer } from "../answers.ts";
import { allCandidates } from "../candidates/all-candidates.ts";
import { compared, count, type Row, type Section } from "../section.ts";
import { scheduleTokens } from "../token-schedule.ts";
import { runInVirtualTime } from "../virtual-run.ts";

const ANSWER_BYTES = 28_000;
const ROUND_TRIP_MS = 80;

/** Measures the calls and bytes of long answers. */
export async function bytesSection(): Promise<Section> {
  return {
    title: "Bytes and calls",
    about:
      "28 KB as 60 tokens/s say them, at a round trip of 80 ms: Chinese prose, code and lists; and one code block, " +
      "which cannot be cut. Bytes are those of all request bodies over those of the answer. Refused calls are " +
      "those that the platform answered with an error.",
    rows: [
      ...(await rowsOf("mixed", "prose, code and lists", mixedAnswer(ANSWER_BYTES))),
      ...(await rowsOf("block", "one code block", codeBlock(ANSWER_BYTES))),
    ],
  };
}

async function rowsOf(id: string, name: string, answer: string): Promise<Row[]> {
  const tokens = scheduleTokens(answer, { tokensPerSecond: 60, firstAtMs: 1_000 });
  const bytes: number[] = [];
  const calls: number[] = [];
  const refused: number[] = [];
  const missing: number[] = [];
  for (const candidate of allCandidates) {
    const { requests, reading } = await runInVirtualTime(candidate, { tokens, roundTripMs: ROUND_TRIP_MS });
    bytes.push(requests.reduce((sum, { requestBytes }) => sum + requestBytes, 0) / Buffer.byteLength(answer));
    calls.push(requests.length);
    refused.push(requests.filter(({ code }) => code !== 0).length);
    missing.push(Math.max(0, answer.length - reading.text.length));
  }
  return [
    {
      id: `bytes ${id}`,
      name: `${name}: bytes over answer bytes`,
      cells: compared(bytes, (value) => value.toFixed(1)),
    },
    { id: `calls ${id}`, name: `${name}: calls`, cells: calls.map(count) },
    { id: `refused ${id}`, name: `${name}: refused calls`, cells: refused.map(count) },
    { id: `lost ${id}`, name: `${name}: characters lost`, cells: missing.map(count) },
  ];
}
