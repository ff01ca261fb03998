import type { Disposable } from './disposal';

/** A stream of values that any number of listeners may watch. */
export interface Event<T> {
  on(listener: (value: T) => void): Disposable;
}

export interface Emitter<T> extends Event<T> {
  emit(value: T): void;
}

/** Listeners are called in the order they came, in the caller's turn; with none, `emit` costs nothing. */
export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    on(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    emit(value) {
      for (const listener of listeners) listener(value);
    },
  };
}
