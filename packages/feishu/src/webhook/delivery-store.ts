import type { Clock } from "@streamcard/core";

/**
 * Remembers what was delivered, so that a repeated delivery starts nothing twice. With several instances, give them
 * one that they share: in Redis, `SET key 1 NX PX ttlMs`.
 */
export interface DeliveryStore {
  /** @returns whether nobody has claimed the key within its time. Of two calls at once, one gets `true`. */
  claim(key: string, ttlMs: number): boolean | Promise<boolean>;
}

/** A store that answers at once. */
export interface MemoryDeliveryStore extends DeliveryStore {
  claim(key: string, ttlMs: number): boolean;
}

const MAX_KEYS = 20_000;

/** Remembers in this process, at most 20,000 keys, the oldest forgotten first. */
export function memoryDeliveryStore(clock: Pick<Clock, "now">, maxKeys = MAX_KEYS): MemoryDeliveryStore {
  const expiries = new Map<string, number>();
  return {
    claim(key, ttlMs) {
      const now = clock.now();
      const expiry = expiries.get(key);
      if (expiry !== undefined && expiry > now) return false;
      // Deleted first, so that the order of the map stays the order of the claims.
      expiries.delete(key);
      expiries.set(key, now + ttlMs);
      const [oldest] = expiries.keys();
      if (expiries.size > maxKeys && oldest !== undefined) expiries.delete(oldest);
      return true;
    },
  };
}
