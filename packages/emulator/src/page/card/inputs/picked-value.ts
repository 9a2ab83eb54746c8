/**
 * Converts an HTML control's value to the platform's form: a date or a time carries the person's offset from UTC, such as
 * `"2024-04-29 07:07 +0800"`.
 *
 * @param type type of the HTML control.
 * @param offsetMinutes the person's offset in minutes, positive west of Greenwich, as `Date.getTimezoneOffset()` returns it.
 * @see {@link https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication | callbacks}
 */
export function pickedValue(
  type: string,
  value: string,
  offsetMinutes = new Date().getTimezoneOffset(),
): string {
  if (value === "" || !DATE_TYPES.has(type)) return value;
  const minutes = Math.abs(offsetMinutes);
  const digits = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join("");
  return `${value.replace("T", " ")} ${offsetMinutes > 0 ? "-" : "+"}${digits}`;
}

const DATE_TYPES = new Set(["date", "time", "datetime-local"]);
