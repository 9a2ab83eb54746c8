import { InvalidOptionError } from "@streamcard/core";
import {
  aFunction,
  anObject,
  checkOption,
  describeOption,
  requireOption,
  trueOrFalse,
} from "@streamcard/core/internal";
import type { ImageFetch } from "./image-fetch.ts";

/** Images of a text that are drawn. Bytes that a run produced always are; every other image is shown as a link. */
export interface ImageOptions {
  /**
   * Hosts whose images are downloaded, uploaded to the platform and drawn: `"cdn.example.com"`, `"*.example.com"` for
   * all names below one, either with a port where it is not the usual one; or a function that is asked for each URL.
   * Redirects have to stay within. Hosts with addresses that are not of the public internet are refused whatever this says.
   *
   * @defaultValue none
   */
  allowedHosts?: readonly string[] | ((url: URL) => boolean) | undefined;
  /**
   * Allows `http:`, although anybody on the network's path can replace such an image.
   * @defaultValue false
   */
  allowHttp?: boolean | undefined;
  /**
   * Downloads images in place of undici, through a proxy or from an internal host. Addresses are not checked then.
   * Has to leave redirects alone (`redirect: "manual"`).
   *
   * @defaultValue undici's, to public addresses only; none on the edge and in Bun, where it has to be given
   */
  fetch?: ImageFetch | undefined;
}

export interface ImagePolicy {
  /** Downloads images; `undefined` where none is fetched. */
  readonly fetch: ImageFetch | undefined;
  isAllowed(url: URL): boolean;
}

/**
 * Checks the options of images.
 *
 * @param guarded The `fetch` for options without one; `undefined` in runtimes that have none.
 * @throws {InvalidOptionError}
 */
export function readImageOptions(
  options: ImageOptions | undefined,
  guarded: ImageFetch | undefined,
): ImagePolicy {
  if (options === undefined) return noImages;
  requireOption("images", options, anObject);
  const { allowedHosts = [], allowHttp = false, fetch } = options;
  requireOption("images.allowHttp", allowHttp, trueOrFalse);
  checkOption("images.fetch", fetch, aFunction);
  const isAllowedHost = readAllowedHosts(allowedHosts);
  if (isAllowedHost !== undefined && fetch === undefined && guarded === undefined) {
    throw new InvalidOptionError(
      "images.allowedHosts needs images.fetch in this runtime, whose sockets cannot be kept from private addresses; received none.",
    );
  }
  return {
    fetch: isAllowedHost && (fetch ?? guarded),
    isAllowed: (url) => {
      const isPlain = url.username === "" && url.password === "";
      const isWeb = url.protocol === "https:" || (allowHttp && url.protocol === "http:");
      return isPlain && isWeb && isAllowedHost?.(url) === true;
    },
  };
}

const noImages: ImagePolicy = { fetch: undefined, isAllowed: () => false };

/** @returns `undefined` where no host is allowed. */
function readAllowedHosts(allowed: ImageOptions["allowedHosts"] & {}): ((url: URL) => boolean) | undefined {
  if (typeof allowed === "function") {
    return (url) => {
      try {
        return allowed(new URL(url)) === true;
      } catch {
        return false;
      }
    };
  }
  if (!Array.isArray(allowed)) {
    throw new InvalidOptionError(
      `images.allowedHosts must be a list of hosts or a function, received ${describeOption(allowed)}.`,
    );
  }
  const hosts = new Set(allowed.map((host) => readHost(host)));
  if (hosts.size === 0) return undefined;
  return ({ host }) => hosts.has(host) || parentsOf(host).some((parent) => hosts.has(`*.${parent}`));
}

function parentsOf(host: string): string[] {
  const labels = host.split(".");
  return labels.slice(1).map((_, at) => labels.slice(at + 1).join("."));
}

/** A host as URLs have it. */
function readHost(host: unknown): string {
  const [, wildcard = "", name = ""] = /^(\*\.)?([^*/?#@\\\s]+)$/.exec(String(host)) ?? [];
  const url = `https://${name}/`;
  if (typeof host === "string" && name !== "" && URL.canParse(url)) return `${wildcard}${new URL(url).host}`;
  throw new InvalidOptionError(
    `images.allowedHosts takes hosts such as "cdn.example.com" and "*.example.com", received ${describeOption(host)}.`,
  );
}
