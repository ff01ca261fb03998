import { expect, it, describe } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import type { Storage } from '../../../core/base/storage';
import { type Value, decodeValue, encodeValue } from '../../../core/base/value';
import { buildContract } from '../../../core/contracts/builder';
import type { Address } from '../../../core/environment/address';
import { outcomeToText } from '../../../core/environment/outcome';
import { type Branch, openBranch } from '../../../core/history/branch';
import type { Receipt } from '../../../core/kernel/receipt';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { create, install, newBranch, partsOn, signal } from '../../fixtures/branch';
import { adder } from '../../fixtures/contracts';
import { watToWasm } from '../../fixtures/wat';

/** A contract that keeps others: the example of what an author may do with kernels. */
const keeper = `
import { ask, askWithin, bind, bindCode, copy, create, createCode, remove, sender, state } from "kernelscope";

/** Makes a child from a contract of the workspace. */
export function bear(name: string, contract: string): void { create(name, contract); }

/** Makes a child from a module that somebody sent. */
export function adopt(name: string, code: Uint8Array): void { createCode(name, code); }

export function teach(name: string, contract: string): void { bind(name, contract); }
export function operate(name: string, code: Uint8Array): void { bindCode(name, code); }
export function twin(name: string, other: string): void { copy(name, other); }
export function part(name: string): void { remove(name); }

/** Asks a kernel to add to its sum; the sum comes back to \`told\`. */
export function add(name: string, amount: i64): void { ask(name, "add", "told", amount); }

/** The same, within so many deliveries. */
export function addWithin(within: u32, name: string, method: string, amount: i64): void {
  askWithin(within, name, method, "told", amount);
}

export function told(sum: i64): void { state.set("sum", sum); }

/** The word that no reply will come. */
export function failed(replyTo: string, address: string, reason: string): void {
  state.set("failed", sender()! + ": " + replyTo + " from " + address + ": " + reason);
}
`;

const built = await buildContract('contracts/keeper.ts', (path) =>
  path === 'contracts/keeper.ts' ? textToBytes(keeper) : null,
);
if (!built.ok) throw new Error(built.diagnostics.map(({ message }) => message).join('; '));
const keeperCode = built.code;

/** Never answers `add`. */
const silent = watToWasm('(module (func (export "add") (param i64) unreachable) (func (export "idle")))');

function start(storage: Storage = createMemoryStorage()): Branch {
  const branch = newBranch({ storage });
  create(branch, '/keeper', keeperCode);
  install(branch, 'contracts/adder.wat', adder);
  return branch;
}

function stateOf(branch: Branch, address: string, key: string): Value | undefined {
  const bytes = branch
    .world()
    .kernel(address as Address)
    ?.state.get(textToBytes(key));
  const value = bytes && decodeValue(bytes);
  return value?.ok === true ? value.value : undefined;
}

const outcomesOf = (receipts: readonly Receipt[]) =>
  receipts.map(({ message, outcome }) => `${message.method} ${outcomeToText(outcome)}`);

describe('a contract', () => {
  it('makes kernels by name and by bytes, copies them, gives them other code, and removes them', () => {
    const branch = start();
    expect(outcomesOf(signal(branch, '/keeper', 'bear', ['one', 'contracts/adder.wat']))).toEqual([
      'bear ok',
      'kernel:create ok',
    ]);
    signal(branch, '/keeper', 'add', ['one', 5]);
    expect(outcomesOf(signal(branch, '/keeper', 'twin', ['one', 'two']))).toEqual([
      'twin ok',
      'kernel:copy ok',
    ]);
    signal(branch, '/keeper', 'add', ['two', 1]);
    expect(stateOf(branch, '/keeper', 'sum')).toBe(6);
    signal(branch, '/keeper', 'add', ['one', 1]);
    expect(stateOf(branch, '/keeper', 'sum')).toBe(6);

    expect(outcomesOf(signal(branch, '/keeper', 'adopt', ['three', adder]))).toEqual([
      'adopt ok',
      'kernel:create ok',
    ]);
    signal(branch, '/keeper', 'add', ['three', 2]);
    expect(stateOf(branch, '/keeper', 'sum')).toBe(2);

    expect(outcomesOf(signal(branch, '/keeper', 'operate', ['three', silent])).at(-1)).toBe('kernel:bind ok');
    expect(signal(branch, '/keeper/three', 'idle')[0]?.outcome.kind).toBe('ok');
    signal(branch, '/keeper', 'teach', ['three', 'contracts/adder.wat']);
    signal(branch, '/keeper', 'add', ['three', 2]);
    expect(stateOf(branch, '/keeper', 'sum')).toBe(4);

    expect(outcomesOf(signal(branch, '/keeper', 'part', ['three'])).at(-1)).toBe('kernel:remove ok');
    expect(
      branch
        .world()
        .children('/keeper' as Address, null, 9)
        .map(({ address }) => address),
    ).toEqual(['/keeper/one', '/keeper/two']);
    for (let index = 0; index < branch.length; index++) {
      const again = branch.rerun(index, null);
      expect(again.ok && again.value.receipt).toEqual(branch.receipt(index));
    }
  });

  it('finds the code that it brought along when the world is opened again', () => {
    const storage = createMemoryStorage();
    const branch = start(storage);
    signal(branch, '/keeper', 'adopt', ['one', adder]);
    const again = openBranch(partsOn(storage), 'main');
    if (again === undefined) throw new Error('the branch is there');
    signal(again, '/keeper', 'add', ['one', 3]);
    expect(stateOf(again, '/keeper', 'sum')).toBe(3);
  });

  it.each([
    ['adopt', ['one', Uint8Array.of(1, 2, 3)], "kernel:create rejected: the code can't run"],
    ['adopt', ['one', watToWasm('(module (import "kernel" "fly" (func)))')], 'fly'],
    [
      'bear',
      ['one', 'contracts/none.ts'],
      'kernel:create rejected: no contract contracts/none.ts is installed',
    ],
    ['twin', ['one', 'two'], 'kernel:copy rejected: no kernel /keeper/one'],
    ['twin', ['../other', 'two'], 'twin trap: refused: /other is not /keeper, nor below it'],
    ['part', ['one'], 'kernel:remove rejected: no kernel /keeper/one'],
    ['part', ['..'], 'part trap: refused: / is not /keeper, nor below it'],
    ['bear', ['a/b', 'contracts/adder.wat'], 'is not a name for a child'],
  ])('is told in words what can not be done: %s', (method, args, words) => {
    const branch = start();
    expect(outcomesOf(signal(branch, '/keeper', method, args)).at(-1)).toContain(words);
  });

  it('pays for code by the byte', () => {
    const branch = start();
    const [receipt] = signal(branch, '/keeper', 'adopt', ['one', adder]);
    expect(receipt?.gasUsed).toBeGreaterThan(adder.length * 40);
  });
});

describe('whoever asks', () => {
  it('is told when nobody is there, or nobody who could answer', () => {
    const branch = start();
    expect(outcomesOf(signal(branch, '/keeper', 'add', ['nobody', 1]))).toEqual([
      'add ok',
      'add rejected: no kernel /keeper/nobody; /keeper is there and has no children',
      'failed ok',
    ]);
    expect(stateOf(branch, '/keeper', 'failed')).toBe(
      '/keeper/nobody: told from /keeper/nobody: no kernel /keeper/nobody; /keeper is there and has no children',
    );
    create(branch, '/bare', null);
    signal(branch, '/keeper', 'add', ['/bare', 1]);
    expect(stateOf(branch, '/keeper', 'failed')).toContain('/bare has no code');
  });

  it('gets the reply, and no other word, when it comes in time', () => {
    const branch = start();
    create(branch, '/sum', adder);
    expect(outcomesOf(signal(branch, '/keeper', 'addWithin', [5, '/sum', 'add', 7]))).toEqual([
      'addWithin ok',
      'add ok',
      'told ok',
    ]);
    expect(branch.pending).toBe(0);
  });

  it('is told when nothing is left that a reply could come from, or nobody is there', () => {
    const branch = start();
    create(branch, '/silent', silent);
    expect(outcomesOf(signal(branch, '/keeper', 'addWithin', [50, '/silent', 'add', 7]))).toEqual([
      'addWithin ok',
      'add trap: unreachable',
      'failed ok',
    ]);
    expect(stateOf(branch, '/keeper', 'failed')).toBe(
      '/keeper: told from /silent: no reply within 50 deliveries',
    );
    expect(outcomesOf(signal(branch, '/keeper', 'addWithin', [50, '/none', 'add', 7]))).toEqual([
      'addWithin ok',
      'add rejected: no kernel /none; / is there and has /keeper, /silent',
      'failed ok',
    ]);
  });

  it('is told after so many deliveries, and the late reply is delivered all the same', () => {
    const branch = start();
    create(branch, '/sum', adder);
    create(branch, '/idle', silent);
    const first = branch.length;
    branch.signal({
      to: '/keeper' as Address,
      method: 'addWithin',
      args: encodeValue([2, '/sum', 'add', 7]),
      replyTo: null,
      gas: null,
    });
    const idle = { to: '/idle' as Address, method: 'idle', args: encodeValue([]), replyTo: null, gas: null };
    for (let count = 0; count < 6; count++) branch.signal(idle);
    branch.run(100);
    const order = branch.receipts(first, 100).map(({ message }) => message.method);
    // It was asked by the first; two more are delivered, and the word goes where the others wait.
    expect(order.slice(0, 7)).toEqual(['addWithin', ...Array.from({ length: 6 }, () => 'idle')]);
    expect(order.slice(7)).toEqual(['add', 'failed', 'told']);
    expect(stateOf(branch, '/keeper', 'sum')).toBe(7);
  });

  it('waits on when the world is opened again at any point', () => {
    const methods = (open: boolean) => {
      const storage = createMemoryStorage();
      let branch = start(storage);
      create(branch, '/sum', adder);
      create(branch, '/silent', silent);
      for (const to of ['/silent', '/sum', '/none']) {
        branch.signal({
          to: '/keeper' as Address,
          method: 'addWithin',
          args: encodeValue([3, to, 'add', 1]),
          replyTo: null,
          gas: null,
        });
      }
      branch.run(3);
      while (branch.pending > 0) {
        if (open) branch = openBranch(partsOn(storage), 'main') ?? branch;
        branch.run(1);
      }
      return { order: branch.receipts(0, 100), root: branch.root() };
    };
    expect(methods(true)).toEqual(methods(false));
  });
});
