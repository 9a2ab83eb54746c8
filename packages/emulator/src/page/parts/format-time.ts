import type { Texts } from "../texts/texts.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Writes a time as a chat list shows it: the time of day for today, the day for everything earlier. */
export function shortTime(time: number, texts: Texts, now = Date.now()): string {
  const days = daysBetween(time, now);
  if (days <= 0) return clockTime(time, texts);
  if (days === 1) return texts.yesterday;
  return date(time, now, texts);
}

/** Writes a time as it stands between messages: the time of day, after the day unless it is today. */
export function longTime(time: number, texts: Texts, now = Date.now()): string {
  const days = daysBetween(time, now);
  if (days <= 0) return clockTime(time, texts);
  const day = days === 1 ? texts.yesterday : date(time, now, texts);
  return `${day} ${clockTime(time, texts)}`;
}

/** Writes a `<local_datetime>`; empty for a time that no `Date` can hold. The formats are on the page of the markdown component. */
export function localTime(time: number, format: string, { locale }: Texts): string {
  if (!(Math.abs(time) <= MAX_TIME_MS)) return "";
  if (format === "timezone") return timeZone(time, locale);
  const options = FORMATS.get(format) ?? DATE_NUM;
  return new Intl.DateTimeFormat(locale, options).format(time);
}

// The largest time that a `Date` can hold.
const MAX_TIME_MS = 8.64e15;

const DATE_NUM: Intl.DateTimeFormatOptions = { year: "numeric", month: "2-digit", day: "2-digit" };
const FORMATS: ReadonlyMap<string, Intl.DateTimeFormatOptions> = new Map([
  ["date_short", { month: "short", day: "numeric" }],
  ["date", { year: "numeric", month: "long", day: "numeric" }],
  ["week", { weekday: "long" }],
  ["week_short", { weekday: "short" }],
  ["time", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }],
  ["time_sec", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }],
]);

function timeZone(time: number, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: "shortOffset" }).formatToParts(time);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

function clockTime(time: number, { locale }: Texts): string {
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    time,
  );
}

function date(time: number, now: number, { locale }: Texts): string {
  const isThisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  const day: Intl.DateTimeFormatOptions = { month: "long", day: "numeric" };
  return new Intl.DateTimeFormat(locale, isThisYear ? day : { ...day, year: "numeric" }).format(time);
}

function daysBetween(time: number, now: number): number {
  return Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(time).setHours(0, 0, 0, 0)) / DAY_MS);
}
