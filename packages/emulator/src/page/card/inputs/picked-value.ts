/**
 * What a control's value is to the platform: a date or a time carries the reader's offset, such as
 * `"2024-04-29 07:07 +0800"`.
 *
 * @param type that of the HTML control.
 * @param offsetMinutes of the reader, west of Greenwich, as `Date` counts it.
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
