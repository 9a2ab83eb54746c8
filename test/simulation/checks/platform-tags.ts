/** Tags on which the platform acts, in any case; broken or escaped tags do not match. */
const tag =
  /<\/?(?:at|person|local_datetime|a|text_tag|raw|link|font|number_tag|hr|img|audio)(?![\w-])[^>]*>?/i;

/** Tags that streamcard itself writes: the colour of a line. */
const own = /<font color='(?:red|grey)'>|<\/font>/g;

/** Removes the tags that streamcard itself writes. */
export function withoutOwnTags(content: string): string {
  return content.replace(own, "");
}

/** Finds the first tag of the platform that streamcard did not write. */
export function platformTagIn(content: string): string | undefined {
  return tag.exec(withoutOwnTags(content))?.[0];
}

/** Checks that an element holds a model's Markdown: its answer or its reasoning. */
export function isProse(elementId: string | undefined): boolean {
  return elementId !== undefined && /^(?:answer|sc_thought)/.test(elementId);
}
