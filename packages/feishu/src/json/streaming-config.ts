import { checkOption, oneOf, wholeNumber } from "@streamcard/core/internal";

/**
 * Pace at which clients type text out.
 *
 * @see https://open.feishu.cn/document/cardkit-v1/streaming-updates-openapi-overview
 */
export interface StreamingConfig {
  /**
   * Time between two steps, in milliseconds.
   * @defaultValue 30
   */
  printFrequencyMs?: number;
  /**
   * Number of characters of one step.
   * @defaultValue 6
   */
  printStep?: number;
  /**
   * Fate of text that is not typed yet when the next update comes: `fast` shows it at once, `delay` goes on typing.
   * @defaultValue "fast"
   */
  printStrategy?: "fast" | "delay";
}

const defaults = { printFrequencyMs: 30, printStep: 6, printStrategy: "fast" } as const;

/** Computes the milliseconds that a client takes to type one character. */
export function typingMs(config: StreamingConfig = {}): number {
  const { printFrequencyMs, printStep } = { ...defaults, ...config };
  return printFrequencyMs / printStep;
}

/** Makes the JSON of a card's streaming config. @throws {InvalidOptionError} when an option can never work. */
export function streamingConfigJson(config?: StreamingConfig): Record<string, unknown> {
  return config === undefined ? defaultJson : configJson(config);
}

function configJson({
  printFrequencyMs = defaults.printFrequencyMs,
  printStep = defaults.printStep,
  printStrategy = defaults.printStrategy,
}: StreamingConfig = {}): Record<string, unknown> {
  checkOption("streamingConfig.printFrequencyMs", printFrequencyMs, wholeNumber({ min: 1 }));
  checkOption("streamingConfig.printStep", printStep, wholeNumber({ min: 1 }));
  checkOption("streamingConfig.printStrategy", printStrategy, oneOf("fast", "delay"));
  return {
    print_frequency_ms: { default: printFrequencyMs },
    print_step: { default: printStep },
    print_strategy: printStrategy,
  };
}

const defaultJson = configJson();
