/** Names that the programs of the emulator's READMEs leave to their reader. */
import type { FeishuEmulator } from "@streamcard/emulator";

export declare const emulator: FeishuEmulator;
export declare const encryptKey: string;
