import type { Situation } from "./read-prompt.ts";
import type { Turn } from "./scripted-model.ts";

/** Plans the booking of a meeting room; `undefined` if none was asked for. */
export function planBooking({ question, language, results }: Situation): Turn | undefined {
  const isChinese = language === "zh";
  const booked = results.get("bookRoom");
  if (booked !== undefined) return { thought: "", text: outcome(booked.at(-1), isChinese), calls: [] };
  if (!/会议室|\bbook\b.*\broom\b/i.test(question)) return undefined;
  const time = /\d{1,2}:\d{2}/.exec(question)?.[0] ?? "15:00";
  const calls = [{ toolName: "bookRoom", input: { room: isChinese ? "启明厅" : "Aurora", time } }];
  return isChinese
    ? { thought: "订会议室要先问过本人。", text: "我来订，请在下面确认。", calls }
    : {
        thought: "Booking a room needs their approval.",
        text: "I can book that. Please confirm below.",
        calls,
      };
}

/** @param result Output of the tool; `undefined` if it was not allowed to run. */
function outcome(result: unknown, isChinese: boolean): string {
  const { room, time } = (result ?? {}) as { room?: string; time?: string };
  if (room === undefined) return isChinese ? "好的，那就不订了。\n" : "All right, nothing was booked.\n";
  return isChinese ? `已经订好 **${room}**，时间是 ${time}。\n` : `**${room}** is booked for ${time}.\n`;
}
