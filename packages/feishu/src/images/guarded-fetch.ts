import type { LookupAddress, LookupOptions } from "node:dns";
import { type ImageFetch, PRIVATE_ADDRESS } from "./image-fetch.ts";

export interface GuardedFetchOptions {
  /**
   * Resolves a name to all of its addresses.
   * @defaultValue the system's resolver
   */
  readonly resolve?: (host: string, options: LookupOptions) => Promise<readonly LookupAddress[]>;
  /**
   * Tells whether an address may be reached.
   * @defaultValue true for those of the public internet
   */
  readonly isAllowed?: (address: string) => boolean;
}

/** Largest number of sockets to one host of images. */
const MAX_CONNECTIONS = 4;

/**
 * Makes a `fetch` that reaches public addresses only.
 *
 * A name is resolved once for each connection, and the connection goes to one of the addresses that were checked, so that
 * a name cannot resolve to another address after the check.
 *
 * @returns `undefined` in runtimes whose connections cannot be directed to an address.
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): ImageFetch | undefined {
  // Bun replaces undici by a client of its own, which ignores our lookup of names.
  if ("bun" in process.versions) return undefined;
  let loaded: Promise<ImageFetch> | undefined;
  return async (url, init) => {
    loaded ??= load(options);
    return (await loaded)(url, init);
  };
}

async function load({ resolve, isAllowed }: GuardedFetchOptions): Promise<ImageFetch> {
  const [{ Agent, fetch }, dns, { isIP }, { isPublicAddress }] = await Promise.all([
    import("undici"),
    import("node:dns/promises"),
    import("node:net"),
    import("./public-address.ts"),
  ]);
  const guard: Guard = {
    resolve: resolve ?? ((host, asked) => dns.lookup(host, { ...asked, all: true })),
    isAllowed: isAllowed ?? isPublicAddress,
  };
  const agent = new Agent({
    connections: MAX_CONNECTIONS,
    allowH2: false,
    connect: { lookup: guardedLookup(guard) },
  });
  return async (url, init) => {
    // Sockets look up names only, so an address is checked here. `URL` has brought it into its usual form.
    const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) !== 0 && !guard.isAllowed(host)) throw privateAddress(host);
    return fetch(url, { ...init, dispatcher: agent });
  };
}

type Guard = Required<GuardedFetchOptions>;

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

function guardedLookup({ resolve, isAllowed }: Guard) {
  return (host: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(host, options).then(
      (addresses) => {
        const [first] = addresses;
        const isPublic = addresses.every(({ address }) => isAllowed(address));
        if (first === undefined || !isPublic) callback(privateAddress(host), []);
        else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, []),
    );
  };
}

function privateAddress(host: string): Error {
  return Object.assign(new Error(`${host} is no host of the public internet.`), { code: PRIVATE_ADDRESS });
}
