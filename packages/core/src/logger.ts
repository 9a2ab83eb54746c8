/** Receiver of warnings. `console` fits. */
export interface Logger {
  /** Takes a warning. Neither the message nor the details ever hold a secret or the text of a run. */
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
}

const warned = new Set<string>();

/** Default logger: prints one warning for each kind of trouble per process. */
export const warnOnce: Logger = {
  warn(message, details) {
    const kind = `${details?.code ?? message} ${details?.platformCode ?? ""}`;
    if (warned.has(kind)) return;
    warned.add(kind);
    console.warn(`streamcard: ${message}`, ...(details === undefined ? [] : [details]));
  },
};
