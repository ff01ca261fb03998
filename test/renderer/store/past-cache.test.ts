import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../core/base/fault';
import { type Result, err, ok } from '../../../core/base/result';
import { createPastCache, readOnce } from '../../../renderer/store/past/past-cache';

/** A cache over questions that the test answers when it likes. */
function createAsked(options: { capacity?: number; isFinal?: (value: string) => boolean } = {}) {
  const asked: { key: number; signal: AbortSignal; answer: (result: Result<string, Fault>) => void }[] = [];
  const cache = createPastCache<number, string>({
    keyToText: String,
    capacity: 2,
    ask: (key, signal) => new Promise((answer) => asked.push({ key, signal, answer })),
    ...options,
  });
  const settle = async (index: number, result: Result<string, Fault>): Promise<void> => {
    asked[index]?.answer(result);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { cache, asked, settle };
}

const nobody = (): void => {};

describe('answers about the past', () => {
  it('are asked for once, however many watch', async () => {
    const { cache, asked, settle } = createAsked();
    let told = 0;
    const watching = [cache.watch(1, () => told++), cache.watch(1, () => told++)];
    expect(cache.peek(1)).toEqual({ state: 'loading' });
    await settle(0, ok('one'));
    expect(cache.peek(1)).toEqual({ state: 'ready', value: 'one' });
    expect(told).toBe(2);
    for (const watch of watching) watch.dispose();
    cache.watch(1, nobody).dispose();
    expect(asked).toHaveLength(1);
  });

  it('keep to their capacity, the least recently used going first', async () => {
    const { cache, asked, settle } = createAsked();
    for (const key of [1, 2]) {
      const watch = cache.watch(key, nobody);
      await settle(asked.length - 1, ok(String(key)));
      watch.dispose();
    }
    cache.watch(1, nobody).dispose();
    const third = cache.watch(3, nobody);
    await settle(2, ok('3'));
    third.dispose();
    expect([1, 2, 3].map((key) => cache.peek(key).state)).toEqual(['ready', 'loading', 'ready']);
  });

  it('are not waited for when nobody watches any more', async () => {
    const { cache, asked, settle } = createAsked();
    cache.watch(1, nobody).dispose();
    expect(asked[0]?.signal.aborted).toBe(true);
    await settle(0, ok('late'));
    expect(cache.peek(1)).toEqual({ state: 'loading' });
    cache.watch(1, nobody);
    expect(asked).toHaveLength(2);
  });

  it('say why there is none, and are asked for again on request', async () => {
    const { cache, asked, settle } = createAsked();
    cache.watch(1, nobody);
    const fault = { code: 'disconnected', message: 'the host is gone' };
    await settle(0, err(fault));
    expect(cache.peek(1)).toEqual({ state: 'failed', fault });
    cache.retry(1);
    expect(cache.peek(1)).toEqual({ state: 'loading' });
    await settle(1, ok('one'));
    expect(cache.peek(1)).toEqual({ state: 'ready', value: 'one' });
    expect(asked).toHaveLength(2);
  });

  it('are all asked for again that failed, and no others', async () => {
    const { cache, asked, settle } = createAsked();
    for (const key of [1, 2, 3]) cache.watch(key, nobody);
    await settle(0, err({ code: 'disconnected', message: 'the host is gone' }));
    await settle(1, ok('two'));
    cache.retryAll();
    expect([1, 2, 3].map((key) => cache.peek(key).state)).toEqual(['loading', 'ready', 'loading']);
    expect(asked).toHaveLength(4);
    await settle(3, ok('one'));
    expect(cache.peek(1)).toEqual({ state: 'ready', value: 'one' });
  });

  it('are asked for again while they can still change, and shown meanwhile', async () => {
    const { cache, asked, settle } = createAsked({ isFinal: (value) => value === 'done' });
    const first = cache.watch(1, nobody);
    await settle(0, ok('under way'));
    first.dispose();
    cache.watch(1, nobody);
    expect(cache.peek(1)).toEqual({ state: 'ready', value: 'under way' });
    await settle(1, ok('done'));
    expect(cache.peek(1)).toEqual({ state: 'ready', value: 'done' });
    expect(asked).toHaveLength(2);
  });

  it('can be waited for, once and until nobody wants them', async () => {
    const { cache, asked, settle } = createAsked();
    const waiting = readOnce(cache, 1, new AbortController().signal);
    await settle(0, ok('one'));
    expect(await waiting).toEqual(ok('one'));
    expect(await readOnce(cache, 1, new AbortController().signal)).toEqual(ok('one'));
    expect(asked).toHaveLength(1);

    const abort = new AbortController();
    const abandoned = readOnce(cache, 2, abort.signal);
    abort.abort();
    expect(await abandoned).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(asked[1]?.signal.aborted).toBe(true);
  });
});
