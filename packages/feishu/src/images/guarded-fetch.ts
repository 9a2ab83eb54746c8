import type { LookupAddress, LookupOptions } from "node:dns";
import { type ImageFetch, PRIVATE_ADDRESS } from "./image-fetch.ts";

export interface GuardedFetchOptions {
  /** All addresses of a name. @defaultValue the system's resolver */
  readonly resolve?: (host: string, options: LookupOptions) => Promise<readonly LookupAddress[]>;
  /** @defaultValue those of the public internet */
  readonly isAllowed?: (address: string) => boolean;
}

/** Sockets to one host of images. */
const CONNECTIONS = 4;

/**
 * A `fetch` that reaches public addresses only.
 *
 * A name is resolved once for each connection, all of its addresses are checked, and the connection goes to one of
 * these, so that a name that resolves to something else a moment later gains nothing.
 *
 * @returns `undefined` in runtimes whose sockets cannot be told where to connect.
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): ImageFetch | undefined {
  // Bun puts its own client in undici's place, which takes no notice of how names are looked up.
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
    connections: CONNECTIONS,
    allowH2: false,
    connect: { lookup: guardedLookup(guard) },
  });
  return async (url, init) => {
    // Sockets look up names only. An address has its usual form here: URLs know all others.
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
