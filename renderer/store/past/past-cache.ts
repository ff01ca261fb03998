/**
 * Answers about the past. The past does not change, so an answer that came once is never asked for again, as long as
 * it is one of the latest few. What nobody watches any more is not waited for.
 */
import type { Disposable } from '../../../core/base/disposal';
import { type Fault, fault } from '../../../core/base/fault';
import { type Result, err, ok } from '../../../core/base/result';

export type Answer<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly fault: Fault };

export interface PastCache<Key, T> {
  /** Two keys of the same text ask the same. */
  keyToText(key: Key): string;
  /** What is known now. Asks for nothing; the same object until something changes. */
  peek(key: Key): Answer<T>;
  /** Asks when the answer isn't known, and tells of each change of `peek(key)` until disposed. */
  watch(key: Key, listener: () => void): Disposable;
  /** Asks again, after a failure. */
  retry(key: Key): void;
  /** The same for all that failed, as when the host is there again. */
  retryAll(): void;
}

export interface PastCacheOptions<Key, T> {
  readonly keyToText: (key: Key) => string;
  readonly ask: (key: Key, signal: AbortSignal) => Promise<Result<T, Fault>>;
  /** How many answers are kept. */
  readonly capacity: number;
  /** Whether the answer can still change; such a one is asked for again when it is next watched. */
  readonly isFinal?: (value: T) => boolean;
}

/** Waits for an answer, asking when it isn't known; the abort of the signal ends the waiting. */
export function readOnce<Key, T>(
  cache: PastCache<Key, T>,
  key: Key,
  signal: AbortSignal,
): Promise<Result<T, Fault>> {
  return new Promise((resolve) => {
    const settle = (): void => {
      const answer = cache.peek(key);
      if (answer.state === 'loading' && !signal.aborted) return;
      watch.dispose();
      signal.removeEventListener('abort', settle);
      if (answer.state === 'ready') resolve(ok(answer.value));
      else resolve(err(answer.state === 'failed' ? answer.fault : cancelled));
    };
    const watch = cache.watch(key, settle);
    signal.addEventListener('abort', settle);
    settle();
  });
}

const cancelled = fault('cancelled', 'nobody waits for the answer any more');

interface Entry<Key, T> {
  readonly key: Key;
  answer: Answer<T>;
  /** While a question is under way. */
  asking: AbortController | null;
  readonly listeners: Set<() => void>;
}

export function createPastCache<Key, T>(options: PastCacheOptions<Key, T>): PastCache<Key, T> {
  const { keyToText, ask, capacity, isFinal = () => true } = options;
  // In order of last use: the first is the next to go.
  const entries = new Map<string, Entry<Key, T>>();

  const settle = (entry: Entry<Key, T>, answer: Answer<T>): void => {
    entry.answer = answer;
    for (const listener of entry.listeners) listener();
  };

  const start = async (entry: Entry<Key, T>): Promise<void> => {
    const asking = new AbortController();
    entry.asking = asking;
    const result = await ask(entry.key, asking.signal);
    if (entry.asking !== asking) return;
    entry.asking = null;
    settle(
      entry,
      result.ok ? { state: 'ready', value: result.value } : { state: 'failed', fault: result.error },
    );
    evict();
  };

  const evict = (): void => {
    for (const [text, entry] of entries) {
      if (entries.size <= capacity) return;
      if (entry.listeners.size === 0) entries.delete(text);
    }
  };

  const entryOf = (key: Key): Entry<Key, T> => {
    const text = keyToText(key);
    const entry: Entry<Key, T> = entries.get(text) ?? {
      key,
      answer: loading,
      asking: null,
      listeners: new Set(),
    };
    entries.delete(text);
    entries.set(text, entry);
    return entry;
  };

  const leave = (entry: Entry<Key, T>): void => {
    if (entry.listeners.size > 0) return;
    entry.asking?.abort();
    entry.asking = null;
    if (entry.answer.state !== 'ready') entries.delete(keyToText(entry.key));
    evict();
  };

  const startAgain = (entry: Entry<Key, T>): void => {
    settle(entry, loading);
    void start(entry);
  };

  return {
    keyToText,
    peek: (key) => entries.get(keyToText(key))?.answer ?? loading,
    watch(key, listener) {
      const entry = entryOf(key);
      entry.listeners.add(listener);
      const { answer, asking } = entry;
      const known = answer.state === 'failed' || (answer.state === 'ready' && isFinal(answer.value));
      if (!known && asking === null) void start(entry);
      return {
        dispose() {
          if (entry.listeners.delete(listener)) leave(entry);
        },
      };
    },
    retry(key) {
      const entry = entries.get(keyToText(key));
      if (entry !== undefined && entry.asking === null) startAgain(entry);
    },
    retryAll() {
      for (const entry of entries.values()) if (entry.answer.state === 'failed') startAgain(entry);
    },
  };
}

const loading = { state: 'loading' } as const;
