import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../../../core/kernel/receipt';
import { kernel } from './contract';

const reasonOf = ({ outcome }: Receipt): string =>
  outcome.kind === 'trap' ? `${outcome.reason}: ${outcome.detail ?? ''}` : outcome.kind;

describe('gas', () => {
  test('ends whatever goes on, be it in the code or in the language', async () => {
    const contract = await kernel(`
      import { log, state } from 'kernelscope';
      export const loop = () => { for (;;); };
      export const caught = () => { for (;;) try { for (;;); } catch {} };
      export const jobs = async () => { for (;;) await null; };
      export const pattern = () => /^(a+)+$/.test('a'.repeat(40) + 'b');
      export const number = () => { let n = 3n; for (;;) n = n ** 3n; };
      export const sort = () => Array.from({ length: 1e6 }, (_, i) => -i).sort();
      export const calls = () => { for (;;) log('flood'); };
      export const getter = () => { for (;;) ({ get a() { return this.a; } }).b; };`);
    for (const method of ['loop', 'caught', 'jobs', 'pattern', 'number', 'sort', 'calls', 'getter']) {
      const receipt = contract.send(method);
      expect([method, reasonOf(receipt), receipt.gasUsed]).toEqual([method, 'out of gas: ', 10_000_000]);
    }
  });

  test('is the same whenever a message runs, in this world or another, watched or not', async () => {
    const text = `
      import { state } from 'kernelscope';
      export function work(n) {
        const map = new Map();
        for (let i = 0; i < n; i++) map.set({ i }, 'value ' + Math.random());
        state.set('size', map.size);
        return [...map.values()].sort().at(-1);
      }`;
    const [here, there] = [await kernel(text), await kernel(text)];
    const receipts = [here, there].map((contract) => contract.send('work', 50));
    expect(receipts[0]).toEqual(receipts[1]);
    // Fails when the message runs otherwise.
    expect(here.calls()).toHaveLength(53);
    expect(here.calls()).toEqual(there.calls());
    const unlike = here.send('work', 51).gasUsed;
    expect(unlike).not.toBe(receipts[0]?.gasUsed);
  });

  test('is taken for imports as they declare', async () => {
    const contract = await kernel(`
      import { debug } from 'kernelscope';
      export const none = () => { for (let i = 0; i < 1; i++) {} };
      export const print = (n) => { for (let i = 0; i < n; i++) debug.bytes(new Uint8Array(100)); };`);
    const [one, two, three] = [1, 2, 3].map((n) => contract.send('print', n).gasUsed);
    const [last, before] = contract.calls().toReversed();
    expect(before?.gasLeft).toBeGreaterThan(last?.gasLeft ?? 0);
    expect((three ?? 0) - (two ?? 0)).toBeGreaterThan(150);
    expect((two ?? 0) - (one ?? 0)).toBeGreaterThan(150);
  });
});

describe('memory and stack', () => {
  test('are bounded; the next message runs', async () => {
    const contract = await kernel(
      `
      const bombs = [];
      export const bomb = () => { for (;;) bombs.push(new Uint8Array(1 << 16)); };
      export const text = () => { let text = 'x'; for (;;) text += text; };
      export const careful = () => { try { for (;;) bombs.push(new Uint8Array(1 << 16)); } catch { return bombs.length; } };
      export const deep = () => deep() + 1;
      export const deepest = (n = 0) => { try { return deepest(n + 1); } catch { return n; } };
      export const nested = () => JSON.parse('['.repeat(100_000));
      export const fine = () => 'fine';`,
      { limits: { pages: 64, gas: 2 ** 30 } },
    );
    expect(reasonOf(contract.send('bomb'))).toContain('out of memory');
    expect(contract.ask('fine')).toBe('fine');
    expect(reasonOf(contract.send('text'))).toMatch(/out of memory|string too long/);
    expect(contract.ask('careful')).toBeGreaterThan(50);
    expect(reasonOf(contract.send('deep'))).toBe('stack overflow: ');
    expect(contract.ask('deepest', null)).toBeGreaterThan(300);
    expect(reasonOf(contract.send('nested'))).toBe('stack overflow: ');
    expect(contract.ask('fine')).toBe('fine');
  });
});
