import { useCallback, useSyncExternalStore } from 'react';
import type { Answer, PastCache } from './past-cache';

/** Asks while it is shown. The key may be a new object each time as long as its text is the same. */
export function useAnswer<Key, T>(cache: PastCache<Key, T>, key: Key): Answer<T> {
  const text = cache.keyToText(key);
  const subscribe = useCallback(
    (listener: () => void) => {
      const watch = cache.watch(key, listener);
      return () => watch.dispose();
    },
    // eslint-disable-next-line react/exhaustive-deps -- the text stands for the key
    [cache, text],
  );
  return useSyncExternalStore(subscribe, () => cache.peek(key));
}
