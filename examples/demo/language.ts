/** Tells the language of a text: Chinese if it has a Chinese character, else English. */
export function languageOf(text: string): "zh" | "en" {
  return /[\u3400-\u9fff]/.test(text) ? "zh" : "en";
}
