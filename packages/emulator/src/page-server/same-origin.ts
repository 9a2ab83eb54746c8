import { isIP } from "node:net";

/** Headers of a request that show which page sent it. */
export interface RequestOrigin {
  /** `Host` header. */
  host: string | undefined;
  /** `Origin` header. */
  origin: string | undefined;
  /** `Sec-Fetch-Site` header. */
  fetchSite: string | undefined;
}

/**
 * Checks that the `Host` header names this machine, and not a name that a website has pointed at it (DNS rebinding).
 *
 * @param listeningHost name or address that the server was told to listen on.
 */
export function isOwnHost(host: string | undefined, listeningHost: string): boolean {
  const name = hostName(host);
  if (name === "") return false;
  // A website cannot point an IP address or the name "localhost" at another machine.
  return name === listeningHost || name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0;
}

/** Checks that the page itself sent a request, or no website at all. */
export function isSameOrigin({ host, origin, fetchSite }: RequestOrigin): boolean {
  if (fetchSite !== undefined && fetchSite !== "same-origin" && fetchSite !== "none") return false;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

function hostName(host: string | undefined): string {
  if (host === undefined || !URL.canParse(`http://${host}`)) return "";
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, "");
}
