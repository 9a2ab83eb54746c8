import { createContext } from "preact";
import type { JsonObject } from "../../../ground/json.ts";

/** The form that a component is in. */
export interface FormHandle {
  /** What is filled in, by name; `undefined` while something that is required is missing. */
  read(): JsonObject | undefined;
  reset(): void;
}

export const FormContext = createContext<FormHandle | undefined>(undefined);
