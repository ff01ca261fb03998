import type { Port } from './port';

/** The receiving half of a {@link Port}, fed by a carrier. */
export interface Inbox extends Pick<Port, 'onMessage' | 'onClose'> {
  deliver(message: unknown): void;
  /** Tells the listener that it is over; later deliveries are dropped. */
  end(): void;
}

/** Keeps what arrives before there is a listener, so that nothing is lost while a connection is set up. */
export function createInbox(): Inbox {
  let listener: ((message: unknown) => void) | null = null;
  let waiting: unknown[] = [];
  const closeListeners: (() => void)[] = [];
  let ended = false;

  return {
    deliver(message) {
      if (ended) return;
      if (listener === null) waiting.push(message);
      else listener(message);
    },
    onMessage(next) {
      listener = next;
      const early = waiting;
      waiting = [];
      for (const message of early) next(message);
    },
    onClose(next) {
      if (ended) next();
      else closeListeners.push(next);
    },
    end() {
      if (ended) return;
      ended = true;
      for (const tell of closeListeners) tell();
    },
  };
}
