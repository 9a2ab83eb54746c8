/** A part of a multipart/form-data body. */
export interface FormPart {
  name: string;
  content: Uint8Array;
}

/** Parses a multipart/form-data body; `undefined` if the body is not one. */
export function parseMultipart(contentType: string, body: Uint8Array): FormPart[] | undefined {
  const boundary = /^multipart\/form-data\b.*?;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) return undefined;

  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`--${name}`, "latin1");
  const parts: FormPart[] = [];
  let start = bytes.indexOf(delimiter);
  while (start !== -1) {
    start += delimiter.length;
    if (bytes.subarray(start, start + 2).toString("latin1") === "--") return parts;
    const end = bytes.indexOf(delimiter, start);
    if (end === -1) return undefined;
    const part = parsePart(bytes.subarray(start, end));
    if (part === undefined) return undefined;
    parts.push(part);
    start = end;
  }
  return undefined;
}

// A part is CRLF, headers, an empty line, content, CRLF.
function parsePart(bytes: Buffer): FormPart | undefined {
  const headersEnd = bytes.indexOf("\r\n\r\n");
  if (headersEnd === -1) return undefined;
  const headers = bytes.subarray(0, headersEnd).toString("utf8");
  const name = /content-disposition:[^\r\n]*?[;\s]name="([^"]*)"/i.exec(headers)?.[1];
  if (name === undefined) return undefined;
  return { name, content: bytes.subarray(headersEnd + 4, Math.max(headersEnd + 4, bytes.length - 2)) };
}
