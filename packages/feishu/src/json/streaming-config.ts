import { InvalidOptionError } from "@streamcard/core";

/**
 * Speed at which clients type text.
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
   * Treatment of text that is not typed yet when the next update comes: `fast` shows it at once, `delay` goes on typing.
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

/** Writes the platform's `streaming_config`. @throws {InvalidOptionError} when a value can never work. */
export function streamingConfigJson(config?: StreamingConfig): Record<string, unknown> {
  return config === undefined ? defaultJson : configJson(config);
}

function configJson({
  printFrequencyMs = defaults.printFrequencyMs,
  printStep = defaults.printStep,
  printStrategy = defaults.printStrategy,
}: StreamingConfig = {}): Record<string, unknown> {
  checkCount("streamingConfig.printFrequencyMs", printFrequencyMs);
  checkCount("streamingConfig.printStep", printStep);
  if (printStrategy !== "fast" && printStrategy !== "delay") {
    throw new InvalidOptionError(
      `streamingConfig.printStrategy must be "fast" or "delay", received ${JSON.stringify(printStrategy)}.`,
    );
  }
  return {
    print_frequency_ms: { default: printFrequencyMs },
    print_step: { default: printStep },
    print_strategy: printStrategy,
  };
}

const defaultJson = configJson();

function checkCount(option: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new InvalidOptionError(`${option} must be a positive whole number, received ${String(value)}.`);
}
