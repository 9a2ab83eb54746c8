/** Passes events on to everybody who subscribed. */
export interface Feed<Event> {
  emit(event: Event): void;
  /** @returns a function that ends the subscription. */
  subscribe(listener: (event: Event) => void): () => void;
}

export function createFeed<Event>(): Feed<Event> {
  const listeners = new Set<(event: Event) => void>();
  return {
    emit: (event) => {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          // Thrown outside of this call, because an error of a listener must not become an answer of the platform.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
