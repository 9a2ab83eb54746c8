import ipaddr from "ipaddr.js";

/** All of IPv6 that is routed at present; the rest is kept for later, or stands for something else. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/** Answers every machine of Azure from within its host, and is no private address by any list. */
const azureHost = "168.63.129.16";

/**
 * Whether an IP address belongs to the public internet: not to this machine, its network, or its cloud's own services,
 * in none of the ways to write or wrap one.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast" || parsed.toString() === azureHost) return false;
  return parsed.kind() === "ipv4" || parsed.match(globalUnicast);
}
