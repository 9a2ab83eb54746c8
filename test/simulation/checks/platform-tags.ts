/** The platform's tags as it reads them, in any case; not those that are broken apart or escaped. */
const tag =
  /<\/?(?:at|person|local_datetime|a|text_tag|raw|link|font|number_tag|hr|img|audio)(?![\w-])[^>]*>?/i;

/** What we put there ourselves: the colour of a line. */
const own = /<font color='(?:red|grey)'>|<\/font>/g;

/** Markdown without the tags that the card itself uses. */
export function withoutOwnTags(content: string): string {
  return content.replace(own, "");
}

/** The first tag of the platform in Markdown that is not the card's own. */
export function platformTagIn(content: string): string | undefined {
  return tag.exec(withoutOwnTags(content))?.[0];
}

/** Whether an element holds the words of a model as Markdown: its answer, or what it thought. */
export function isProse(elementId: string | undefined): boolean {
  return elementId !== undefined && /^(?:answer|sc_thought)/.test(elementId);
}
