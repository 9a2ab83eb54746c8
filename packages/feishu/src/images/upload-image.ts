import { wait } from "@streamcard/core/driver";
import type { FeishuApi } from "../api/feishu-api.ts";
import { fieldsOf, stringOf } from "../api/feishu-client.ts";
import { FeishuApiError, FeishuTransportError } from "../api/feishu-error.ts";

/** Waits before the same image is tried again, in milliseconds. */
const retriesAfterMs = [500, 1_000];

/** Error codes that pass after a wait: no images for now, and too many requests. */
const passing: ReadonlySet<number> = new Set([232096, 99991400]);

/**
 * Uploads an image for messages and cards.
 *
 * @param attempt Name of the attempt in error messages, such as "Uploading the image …".
 * @returns its key, which only this app can use.
 * @throws {FeishuApiError | FeishuTransportError}
 * @see https://open.feishu.cn/document/server-docs/im-v1/image/create
 */
export async function uploadImage(api: FeishuApi, bytes: Uint8Array, attempt: string): Promise<string> {
  const form = new FormData();
  form.append("image_type", "message");
  form.append("image", new Blob([Uint8Array.from(bytes)]), "image");
  const request = { api: "image", attempt, method: "POST", path: "/open-apis/im/v1/images", form } as const;
  for (let retries = 0; ; retries += 1) {
    try {
      const { data } = await api.call(request);
      const key = stringOf(fieldsOf(data)?.image_key);
      if (key !== undefined) return key;
      const reason = "the answer holds no image_key";
      throw new FeishuTransportError({ attempt, reason, mayHaveArrived: false, isRetryable: false });
    } catch (error) {
      const waitMs = retriesAfterMs[retries];
      const isPassing = error instanceof FeishuApiError && passing.has(error.platformCode);
      if (waitMs === undefined || !isPassing) throw error;
      await wait(api.clock, waitMs);
    }
  }
}
