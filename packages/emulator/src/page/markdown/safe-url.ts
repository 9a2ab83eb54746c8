/** Lets an address through that a click may open; `undefined` for every other. The platform allows `http` and `https` only. */
export function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || !/^https?:\/\//i.test(url.trim()) || !URL.canParse(url.trim())) return undefined;
  return new URL(url.trim()).href;
}
