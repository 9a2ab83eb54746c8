/** The language of a text, as far as the demo speaks it. */
export function languageOf(text: string): "zh" | "en" {
  return /[\u3400-\u9fff]/.test(text) ? "zh" : "en";
}
