import { isIP } from "node:net";

/** What a request says about where it comes from. */
export interface RequestOrigin {
  /** `Host` header. */
  host: string | undefined;
  /** `Origin` header. */
  origin: string | undefined;
  /** `Sec-Fetch-Site` header. */
  fetchSite: string | undefined;
}

/**
 * Whether the name in an address is this machine's own, and not one that a website has pointed at it.
 *
 * @param listeningHost the name or address that the server was told to listen on.
 */
export function isOwnHost(host: string | undefined, listeningHost: string): boolean {
  const name = hostName(host);
  if (name === "") return false;
  // A website can give neither an address nor the name "localhost" another meaning.
  return name === listeningHost || name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0;
}

/** Whether a request comes from the page, or from no website at all. */
export function isSameOrigin({ host, origin, fetchSite }: RequestOrigin): boolean {
  if (fetchSite !== undefined && fetchSite !== "same-origin" && fetchSite !== "none") return false;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

function hostName(host: string | undefined): string {
  if (host === undefined || !URL.canParse(`http://${host}`)) return "";
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, "");
}
