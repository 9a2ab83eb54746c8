import ipaddr from "ipaddr.js";

/** The part of IPv6 that is routed at present; the rest is reserved, or stands for other addresses. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/** Address of the host services of every machine of Azure, which is in no list of private addresses. */
const azureHost = "168.63.129.16";

/**
 * Tells whether an IP address belongs to the public internet, and not to this machine, its network or the services of its
 * cloud, in whatever way the address is written or wrapped.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast" || parsed.toString() === azureHost) return false;
  return parsed.kind() === "ipv4" || parsed.match(globalUnicast);
}
