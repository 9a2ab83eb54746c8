import { prose } from "../answers.ts";
import { allCandidates } from "../candidates/all-candidates.ts";
import { clairvoyantLag } from "../clairvoyant.ts";
import { type Lag, measureLag } from "../measure-lag.ts";
import { compared, count, milliseconds, type Row, type Section, times } from "../section.ts";
import { scheduleTokens } from "../token-schedule.ts";
import { runInVirtualTime } from "../virtual-run.ts";

const RATES = [20, 60, 200];
const ROUND_TRIPS_MS = [20, 80, 300];
const ANSWER_SECONDS = 15;
const CHARACTERS_PER_TOKEN = 1.5;

/** Interval of ten writes a second, the platform's documented limit for one card. */
const INTERVAL_MS = 100;

interface Setting {
  readonly id: string;
  readonly name: string;
  readonly roundTripMs: number;
  readonly clairvoyantMs: number;
  readonly lags: readonly Lag[];
}

/** Measures the lag behind the model, on the platform and on the reader's screen. */
export async function lagSections(): Promise<Section[]> {
  const settings: Setting[] = [];
  for (const rate of RATES) {
    for (const roundTripMs of ROUND_TRIPS_MS) settings.push(await measure(rate, roundTripMs));
  }
  const rows = (kind: string, cells: (setting: Setting) => readonly string[]): Row[] =>
    settings.map((setting) => ({ id: `${kind} ${setting.id}`, name: setting.name, cells: cells(setting) }));
  return [
    {
      title: "First text",
      about:
        "From the model's first token to the first text that the platform applied, over the round trip. " +
        "The first token comes a second after the run began.",
      rows: rows("first", ({ lags, roundTripMs }) =>
        lags.map(({ firstTextMs }) => times(firstTextMs / roundTripMs)),
      ),
    },
    {
      title: "Applied lag over a clairvoyant schedule",
      about:
        "Mean time of a character from its token to when the platform had applied it, over the least that is " +
        "possible: that of a writer who knows when each token will come, with ten writes a second and one under way. " +
        "streamcard counts its ten writes from answer to answer, so that no delay on the way makes them more than the " +
        "platform allows; a way that becomes far quicker at once may cost it one refused write.",
      rows: rows("applied", ({ lags, clairvoyantMs }) =>
        lags.map(({ appliedMs }) => times(appliedMs / clairvoyantMs)),
      ),
    },
    {
      title: "On-screen lag, mean",
      about: "Mean time of a character from its token to the reader's screen, by the client's typewriter.",
      rows: rows("shown", ({ lags }) =>
        compared(
          lags.map(({ shownMs }) => shownMs),
          milliseconds,
        ),
      ),
    },
    {
      title: "On-screen lag, 95th percentile",
      about: "What 95 % of the characters did not exceed.",
      rows: rows("shown-p95", ({ lags }) =>
        compared(
          lags.map(({ shownP95Ms }) => shownP95Ms),
          milliseconds,
        ),
      ),
    },
    {
      title: "Largest jump",
      about: "The most characters that came onto the screen at once.",
      rows: rows("jump", ({ lags }) => lags.map(({ largestJump }) => count(largestJump))),
    },
    {
      title: "Characters that never arrived",
      about: "Of the answers above. The lags count those that did.",
      rows: rows("missing", ({ lags }) => lags.map(({ missing }) => count(missing))),
    },
  ];
}

async function measure(tokensPerSecond: number, roundTripMs: number): Promise<Setting> {
  const answer = prose(tokensPerSecond * CHARACTERS_PER_TOKEN * ANSWER_SECONDS);
  const tokens = scheduleTokens(answer, { tokensPerSecond, firstAtMs: 1_000 });
  const lags: Lag[] = [];
  for (const candidate of allCandidates) {
    const { reading } = await runInVirtualTime(candidate, { tokens, roundTripMs });
    lags.push(measureLag(tokens, reading));
  }
  return {
    id: `${tokensPerSecond}/${roundTripMs}`,
    name: `${tokensPerSecond} tokens/s, ${roundTripMs} ms`,
    roundTripMs,
    clairvoyantMs: clairvoyantLag(tokens, { intervalMs: INTERVAL_MS, roundTripMs }),
    lags,
  };
}
