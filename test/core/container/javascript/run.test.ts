import { describe, expect, test } from 'vitest';
import type { Address } from '../../../../core/environment/address';
import { kernel } from './contract';

describe('a contract', () => {
  test('keeps state, walks it, sends, logs and asks its kernel', async () => {
    const contract = await kernel(`
      import { ask, args, create, gasLeft, log, method, randomBytes, reply, self, send, sender, state, time } from 'kernelscope';
      export function fill() {
        for (const key of ['b', 'a/2', 'a', 'a/1']) state.set(key, key.length);
        state.delete('b');
        return [[...state.entries('a')], [...state.entries()].length, state.has('b'), state.get('b', 'none'), state.delete('b')];
      }
      export function talk() {
        send('child', 'hear', 1, 'two');
        ask('/a', 'heard', 'told', null);
        create('child', 'contracts/a.js');
        log('talked');
        reply(1);
        return 2;
      }
      export const who = () => [self(), sender(), time(), gasLeft() > 0, randomBytes(3).length];
      export function receive() { return [method(), args()]; }`);
    expect(contract.ask('fill')).toEqual([
      [
        ['a', 1],
        ['a/1', 3],
        ['a/2', 3],
      ],
      3,
      false,
      'none',
      false,
    ]);
    expect(contract.ask('who')).toEqual(['/a', null, 2, true, 3]);
    expect(contract.ask('anything', 1, { two: 2 })).toEqual(['anything', [1, { two: 2 }]]);
    const { sends, logs, outcome } = contract.send('talk');
    expect(sends.map(({ to, method, replyTo }) => [to, method, replyTo])).toEqual([
      ['/a/child', 'hear', null],
      ['/a', 'heard', 'told'],
      ['/a/child', 'kernel:create', null],
    ]);
    expect(logs).toEqual(['talked']);
    expect(outcome).toEqual({ kind: 'ok', reply: Uint8Array.of(2) });
  });

  test('has defaults for what a message leaves out, and may go on in promises', async () => {
    const contract = await kernel(`
      export const add = (a, b = 10) => a + b;
      export async function later(value) { await null; return value + 1; }`);
    expect(contract.ask('add', 1, 2)).toBe(3);
    expect(contract.ask('add', 1, null)).toBe(11);
    expect(contract.ask('later', 1)).toBe(2);
  });

  test('begins anew with each message', async () => {
    const contract = await kernel(`
      let count = 0;
      export function next() {
        Object.prototype.stain ??= count;
        globalThis.seen = (globalThis.seen ?? 0) + 1;
        Array.prototype.push = undefined;
        return [++count, globalThis.seen, {}.stain];
      }`);
    expect(contract.ask('next')).toEqual([1, 1, 0]);
    expect(contract.ask('next')).toEqual([1, 1, 0]);
  });

  test('reaches nothing but its imports', async () => {
    const contract = await kernel(`
      export const names = () => Object.getOwnPropertyNames(globalThis);
      export const escape = () => {
        const inner = Function('return this')();
        return [inner === globalThis, typeof inner.process, typeof inner.host, typeof inner.require];
      };
      export const fetched = async () => { await import('node:fs'); };
      export const drawn = () => [Math.random(), Math.random()];`);
    const names = contract.ask('names');
    for (const absent of [
      'Date',
      'performance',
      'setTimeout',
      'WeakRef',
      'FinalizationRegistry',
      'console',
      'host',
      'WebAssembly',
    ]) {
      expect(names).not.toContain(absent);
    }
    expect(contract.ask('escape')).toEqual([true, 'undefined', 'undefined', 'undefined']);
    expect(contract.send('fetched').outcome).toMatchObject({ kind: 'trap', reason: 'uncaught error' });
    const drawn = contract.ask('drawn');
    expect(contract.calls().map(({ name }) => name)).toEqual(['random', 'random', 'reply']);
    expect(drawn).not.toEqual(contract.ask('drawn'));
  });

  test('is traced, with the lines that led to each call, and answered by hand', async () => {
    const answers = [{ kernel: '/a' as Address, import: 'kernel.time', call: 1, value: 77 }];
    const contract = await kernel(
      {
        'contracts/a.js': `import { twice } from './b.js';\nexport function ask() {\n  return twice();\n}`,
        'contracts/b.js': `import { time } from 'kernelscope';\nexport const twice = () => [time(), time()];`,
      },
      { answers },
    );
    expect(contract.ask('ask')).toEqual([1, 77]);
    const [first, second, reply] = contract.calls();
    expect(first).toMatchObject({ set: 'kernel', name: 'time', result: 1n, answered: false, refused: null });
    expect(second).toMatchObject({ result: 77n, answered: true });
    expect(second?.stack).toMatchObject([
      { function: 1, name: 'twice' },
      { function: 0, name: 'ask' },
    ]);
    expect(reply?.args).toMatchObject([{ name: 'value', value: [1, 77] }]);
  });
});

describe('what goes wrong', () => {
  test('is told with its place in the source', async () => {
    const contract = await kernel({
      'contracts/a.js': `import { fail, require, state } from 'kernelscope';
import { deep } from './lib/deep';
export function broken(value) {
  return value.a.b;
}
export const given = () => fail('enough');
export const required = () => require(false, 'not so');
export const refused = () => state.set('', 1);
export const thrown = () => { throw 'words'; };
export const own = () => { throw new Error('no money'); };
export const below = () => deep(null);
export async function later() { await null; throw new RangeError('late'); }
export const never = () => new Promise(() => {});`,
      'contracts/lib/deep.js': `export const deep = (value) =>\n  value.length;`,
    });
    const told = (method: string, ...args: readonly []): unknown => {
      const { outcome, after, before } = contract.send(method, ...args);
      expect(after).toEqual(before);
      return outcome.kind === 'trap' ? [outcome.reason, outcome.detail, outcome.position] : outcome;
    };
    expect(contract.send('broken', {}).outcome).toMatchObject({
      kind: 'trap',
      reason: 'uncaught error',
      detail: "TypeError: cannot read property 'b' of undefined (contracts/a.js:4:17)",
      position: { function: 0, offset: 135 },
    });
    expect(told('given')).toMatchObject(['abort', 'enough', { function: 0 }]);
    expect(told('required')).toMatchObject(['abort', 'not so', { function: 0 }]);
    expect(told('refused')).toMatchObject(['refused', 'an empty key', { function: 0 }]);
    expect(told('thrown')).toEqual(['uncaught error', 'words', null]);
    expect(told('own')).toMatchObject(['uncaught error', 'no money (contracts/a.js:10:43)', {}]);
    expect(told('below')).toMatchObject([
      'uncaught error',
      "TypeError: cannot read property 'length' of null (contracts/lib/deep.js:2:8)",
      { function: 1, offset: 38 },
    ]);
    expect(told('later')).toMatchObject(['uncaught error', 'RangeError: late (contracts/a.js:12:65)', {}]);
    expect(told('never')).toEqual([
      'uncaught error',
      'the promise that never returned is never settled',
      null,
    ]);
    expect(contract.send('rob').outcome).toMatchObject({ kind: 'rejected' });
    expect(contract.send('broken').outcome).toMatchObject({ kind: 'rejected' });
  });

  test('can be caught, but for what an import refuses', async () => {
    const contract = await kernel(`
      import { fail } from 'kernelscope';
      export function careful() { try { null.x; } catch (error) { return error.message; } }
      export function stubborn() { for (;;) try { fail('it is over'); } catch {} finally {} }`);
    expect(contract.ask('careful')).toBe("cannot read property 'x' of null");
    expect(contract.send('stubborn').outcome).toMatchObject({ reason: 'abort', detail: 'it is over' });
  });
});
