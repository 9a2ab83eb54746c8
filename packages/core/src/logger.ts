/** Where trouble is told. `console` fits. */
export interface Logger {
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
}

const warned = new Set<string>();

/** The logger of those who gave none: warns of each kind of trouble once in a process. */
export const warnOnce: Logger = {
  warn(message, details) {
    const kind = `${details?.code ?? message} ${details?.platformCode ?? ""}`;
    if (warned.has(kind)) return;
    warned.add(kind);
    console.warn(`streamcard: ${message}`, ...(details === undefined ? [] : [details]));
  },
};
