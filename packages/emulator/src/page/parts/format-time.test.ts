import { describe, expect, it } from "vitest";
import { chooseTexts } from "../texts/choose-texts.ts";
import { localTime, longTime, shortTime } from "./format-time.ts";

const chinese = chooseTexts(["zh-CN"]);
const english = chooseTexts(["en"]);
const at = (year: number, month: number, day: number, hour = 0, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).getTime();
const now = at(2026, 3, 2, 9, 30);

describe("given a moment in the past", () => {
  it.each([
    { time: at(2026, 3, 2, 0, 5), short: "00:05", long: "00:05" },
    { time: at(2026, 3, 1, 23, 59), short: "昨天", long: "昨天 23:59" },
    { time: at(2026, 2, 27, 8), short: "2月27日", long: "2月27日 08:00" },
    { time: at(2025, 12, 31, 8), short: "2025年12月31日", long: "2025年12月31日 08:00" },
  ])("is $short in the list, and $long between messages", ({ time, short, long }) => {
    expect([shortTime(time, chinese, now), longTime(time, chinese, now)]).toEqual([short, long]);
  });

  it("speaks English too", () => {
    expect(longTime(at(2026, 2, 27, 8), english, now)).toBe("February 27 08:00");
  });
});

describe("given a local time in a text", () => {
  it.each([
    { format: "date_num", shown: "2026/03/02" },
    { format: "", shown: "2026/03/02" },
    { format: "date", shown: "2026年3月2日" },
    { format: "week", shown: "星期一" },
    { format: "time", shown: "09:30" },
    { format: "time_sec", shown: "09:30:00" },
    { format: "constructor", shown: "2026/03/02" },
  ])("shows $format as $shown", ({ format, shown }) => {
    expect(localTime(now, format, chinese)).toBe(shown);
  });

  it("shows the time zone alone when asked", () => {
    expect(localTime(now, "timezone", english)).toMatch(/^GMT/);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 9e15])("shows nothing for %s", (time) => {
    expect(localTime(time, "date", chinese)).toBe("");
  });
});
