/**
 * A text that does not hold on to the longer one that it was cut from. In what stays, a few characters could cost many
 * times their length. @internal also for `feishu`, whose cards keep ids
 */
export function copyText(text: string): string {
  return [text.slice(0, 1), text.slice(1)].join("");
}
