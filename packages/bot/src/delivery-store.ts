import type { Clock } from "@streamcard/core";
import { BoundedMap } from "@streamcard/core/internal";

/**
 * Remembers the deliveries of a platform, so that a repeated one starts nothing twice. Several instances of an app
 * need one that they share; in Redis, a claim is `SET key 1 NX PX ttlMs`.
 */
export interface DeliveryStore {
  /**
   * Claims a delivery.
   *
   * @param ttlMs Time that the claim is remembered, in milliseconds.
   * @returns true where nobody has claimed the key within its time. Of two calls at once, one gets `true`.
   */
  claim(key: string, ttlMs: number): boolean | Promise<boolean>;
}

/** A delivery store that answers at once. */
export interface MemoryDeliveryStore extends DeliveryStore {
  /** Claims a delivery, as `DeliveryStore.claim()` does, at once. */
  claim(key: string, ttlMs: number): boolean;
}

/** Largest number of deliveries that are remembered, unless the store is told otherwise. */
const MAX_KEYS = 20_000;

/**
 * Remembers deliveries in this process.
 *
 * @param maxKeys Largest number of keys; the one that was claimed longest ago is forgotten first.
 */
export function memoryDeliveryStore(clock: Pick<Clock, "now">, maxKeys = MAX_KEYS): MemoryDeliveryStore {
  const expiries = new BoundedMap<string, number>(maxKeys);
  return {
    claim(key, ttlMs) {
      const now = clock.now();
      const expiry = expiries.get(key);
      if (expiry !== undefined && expiry > now) return false;
      expiries.set(key, now + ttlMs);
      return true;
    },
  };
}
