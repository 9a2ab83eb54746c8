import type { CardEvent } from "../contract/card-event.ts";
import { fieldsOf, isFields, listOf, textOf } from "../read-fields.ts";

type SourceEvent = Extract<CardEvent, { type: "source" }>;

/** What a citation of OpenAI, Anthropic or LangChain names; `undefined` where it names nothing. */
export function citedSource(value: unknown): SourceEvent | undefined {
  const annotation = fieldsOf(value);
  // Chat completions have it one level deeper than the Responses API.
  const citation = isFields(annotation.url_citation) ? annotation.url_citation : annotation;
  const title = textOf(citation.title) ?? textOf(citation.document_title) ?? textOf(citation.filename);
  return namedSource(textOf(citation.url) ?? textOf(citation.source), title);
}

/** What the documents of a LangChain retriever are known by, those that have a name. */
export function documentSources(documents: unknown): SourceEvent[] {
  return listOf(documents).flatMap((document) => {
    const metadata = fieldsOf(fieldsOf(document).metadata);
    return namedSource(textOf(metadata.url) ?? textOf(metadata.source), textOf(metadata.title)) ?? [];
  });
}

/** @param place an address, or the path of a file */
function namedSource(place: string | undefined, title: string | undefined): SourceEvent | undefined {
  if (place !== undefined && /^https?:/i.test(place)) {
    return {
      type: "source",
      sourceType: "url",
      id: place,
      url: place,
      ...(title !== undefined && { title }),
    };
  }
  // Where a file lies on the server is nothing for the reader.
  const name = title ?? place?.split(/[/\\]/).at(-1);
  if (!name) return undefined;
  return { type: "source", sourceType: "document", id: name, mediaType: "text/plain", title: name };
}
