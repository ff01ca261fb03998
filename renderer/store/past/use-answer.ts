import { useCallback, useSyncExternalStore } from 'react';
import type { Answer, PastCache } from './past-cache';

/**
 * Asks while it is shown. The key may be a new object each time as long as its text is the same; `null` asks nothing
 * and is answered by `null`.
 */
export function useAnswer<Key, T>(cache: PastCache<Key, T>, key: Key): Answer<T>;
export function useAnswer<Key, T>(cache: PastCache<Key, T>, key: Key | null): Answer<T> | null;
export function useAnswer<Key, T>(cache: PastCache<Key, T>, key: Key | null): Answer<T> | null {
  const text = key === null ? null : cache.keyToText(key);
  const subscribe = useCallback(
    (listener: () => void) => {
      if (key === null) return () => {};
      const watch = cache.watch(key, listener);
      return () => watch.dispose();
    },
    // eslint-disable-next-line react/exhaustive-deps -- the text stands for the key
    [cache, text],
  );
  return useSyncExternalStore(subscribe, () => (key === null ? null : cache.peek(key)));
}
