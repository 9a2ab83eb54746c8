import { createContext } from "preact";
import type { JsonObject } from "../../../ground/json.ts";

/** Access to the form that a component is in. */
export interface FormHandle {
  /** Reads the filled-in values by name; `undefined` while a required value is missing, which the browser then points out. */
  read(): JsonObject | undefined;
  reset(): void;
}

export const FormContext = createContext<FormHandle | undefined>(undefined);
