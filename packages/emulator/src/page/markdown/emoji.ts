// Common emoji keys. See https://open.feishu.cn/document/server-docs/im-v1/message-reaction/emojis-introduce
const EMOJI: ReadonlyMap<string, string> = new Map([
  ["OK", "👌"],
  ["THUMBSUP", "👍"],
  ["ThumbsDown", "👎"],
  ["THANKS", "🙏"],
  ["DONE", "✅"],
  ["CheckMark", "✔️"],
  ["CrossMark", "❌"],
  ["SMILE", "😊"],
  ["LAUGH", "😄"],
  ["THINKING", "🤔"],
  ["CRY", "😢"],
  ["APPLAUSE", "👏"],
  ["HEART", "❤️"],
  ["Fire", "🔥"],
  ["PARTY", "🎉"],
  ["ROSE", "🌹"],
  ["MUSCLE", "💪"],
  ["Alarm", "⏰"],
  ["Pin", "📌"],
]);

const KEY = /:([A-Za-z]{2,12}):/g;

/** Replaces the platform's emoji keys, such as `:DONE:`, by similar Unicode characters. */
export function emojiOf(text: string): string {
  return text.replace(KEY, (source, key: string) => EMOJI.get(key) ?? source);
}
