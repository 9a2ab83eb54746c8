/** The part of `fetch` that downloads images. Must not follow redirects, as `redirect` says. */
export type ImageFetch = (url: string, init: ImageFetchInit) => Promise<ImageFetchAnswer>;

interface ImageFetchInit {
  redirect: "manual";
  headers: Record<string, string>;
  signal: AbortSignal;
}

export interface ImageFetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ImageBody | null;
}

interface ImageBody {
  cancel(): Promise<void>;
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/** `code` of the error with which a guarded fetch refuses an address, or of the `cause` of that error. */
export const PRIVATE_ADDRESS = "STREAMCARD_PRIVATE_ADDRESS";
