import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";

/** A published card of the visual builder. In its texts, `${name}` stands for a variable. */
export interface CardTemplate {
  /** Id by which requests name the template. */
  templateId: string;
  /** Version that requests may ask for. @defaultValue "1.0.0" */
  versionName?: string;
  /** Card JSON 2.0 with the variables in it. */
  card: JsonObject;
}

const DEFAULT_VERSION = "1.0.0";
const WHOLE_VARIABLE = /^\$\{([^{}]+)\}$/;
const VARIABLE = /\$\{([^{}]+)\}/g;

/** Fills in a template's variables. A text that is nothing but one variable becomes the variable's value, whatever its type; an unknown variable becomes an empty text. */
export function renderTemplate({ card }: CardTemplate, variables: JsonObject): JsonObject {
  const fill = (value: JsonValue): JsonValue => {
    if (typeof value === "string") return fillText(value, variables);
    if (Array.isArray(value)) return value.map(fill);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item)]));
  };
  const rendered = fill(card);
  return isJsonObject(rendered) ? rendered : {};
}

/** Finds the template and the variables that a request names, or the problem with them. */
export function findTemplate(
  templates: ReadonlyMap<string, CardTemplate>,
  data: JsonObject,
): { template: CardTemplate; variables: JsonObject } | { problem: string } {
  const { template_id: id, template_version_name: version, template_variable: variables = {} } = data;
  if (typeof id !== "string") return { problem: "template_id must be a string" };
  const template = templates.get(id);
  if (template === undefined) return { problem: "template does not exist" };
  if (version !== undefined && version !== (template.versionName ?? DEFAULT_VERSION)) {
    return { problem: "template version does not exist" };
  }
  return isJsonObject(variables)
    ? { template, variables }
    : { problem: "template_variable must be an object" };
}

function fillText(text: string, variables: JsonObject): JsonValue {
  const whole = WHOLE_VARIABLE.exec(text)?.[1];
  if (whole !== undefined) return variables[whole] ?? "";
  return text.replace(VARIABLE, (_, name: string) => {
    const value = variables[name] ?? "";
    return typeof value === "string" ? value : JSON.stringify(value);
  });
}
