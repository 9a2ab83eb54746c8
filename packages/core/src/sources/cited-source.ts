import type { CardEvent } from "../contract/card-event.ts";
import { fieldsOf, isFields, listOf, textOf } from "../read-fields.ts";

type SourceEvent = Extract<CardEvent, { type: "source" }>;

/** Reads the source that a citation of OpenAI, Anthropic or LangChain names; `undefined` if it names none. */
export function citedSource(value: unknown): SourceEvent | undefined {
  const annotation = fieldsOf(value);
  // Chat completions have the citation one level deeper than the Responses API.
  const citation = isFields(annotation.url_citation) ? annotation.url_citation : annotation;
  const title = textOf(citation.title) ?? textOf(citation.document_title) ?? textOf(citation.filename);
  return namedSource(textOf(citation.url) ?? textOf(citation.source), title);
}

/** Reads the sources of a LangChain retriever's documents, of those that have a name or an address. */
export function documentSources(documents: unknown): SourceEvent[] {
  return listOf(documents).flatMap((document) => {
    const metadata = fieldsOf(fieldsOf(document).metadata);
    return namedSource(textOf(metadata.url) ?? textOf(metadata.source), textOf(metadata.title)) ?? [];
  });
}

/** @param place An address, or the path of a file. */
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
  // The path of a file on the server is not shown to the reader, its name is.
  const name = title ?? place?.split(/[/\\]/).at(-1);
  if (!name) return undefined;
  return { type: "source", sourceType: "document", id: name, mediaType: "text/plain", title: name };
}
