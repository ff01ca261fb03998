import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { decodeValue } from '../../../core/base/value';
import type { Address } from '../../../core/environment/address';
import { outcomeToText } from '../../../core/environment/outcome';
import type { Branch } from '../../../core/history/branch';
import { create, install, newBranch, signal } from '../../fixtures/branch';
import { adder, asker, oracle } from '../../fixtures/contracts';

const at = (text: string) => text as Address;

const stateOf = (branch: Branch, address: string, key: string) =>
  branch.world().kernel(at(address))?.state.get(textToBytes(key));

const sumOf = (branch: Branch, address: string) => {
  const bytes = stateOf(branch, address, 'sum');
  return bytes && new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true);
};

describe('a message', () => {
  it('runs the code of the kernel it names, keeps its state, and is replied to', () => {
    const branch = newBranch();
    create(branch, '/sum', adder);
    signal(branch, '/sum', 'add', [3]);
    const [receipt] = signal(branch, '/sum', 'add', [4]);
    expect(receipt?.outcome).toMatchObject({ kind: 'ok' });
    const { outcome } = receipt ?? {};
    expect(outcome?.kind === 'ok' && outcome.reply && decodeValue(outcome.reply)).toEqual({
      ok: true,
      value: 7,
    });
    expect(sumOf(branch, '/sum')).toBe(7n);
  });

  it('that traps leaves nothing but its receipt', () => {
    const branch = newBranch();
    create(branch, '/sum', adder);
    signal(branch, '/sum', 'add', [3]);
    const [receipt] = signal(branch, '/sum', 'addAndTrap', [99]);
    expect(receipt?.outcome).toMatchObject({ kind: 'trap', reason: 'unreachable' });
    expect(receipt?.after).toEqual(receipt?.before);
    expect(sumOf(branch, '/sum')).toBe(3n);
  });

  it('that never ends runs out of gas, having used all of it', () => {
    const branch = newBranch({ limits: { gas: 50_000 } });
    create(branch, '/sum', adder);
    const [receipt] = signal(branch, '/sum', 'spin');
    expect(receipt?.outcome).toMatchObject({ kind: 'trap', reason: 'out of gas' });
    expect(receipt?.gasUsed).toBe(50_000);
  });

  it.each([
    ['/nowhere/at/all', 'add', 'no kernel /nowhere/at/all; / is there and has /group, /sum'],
    ['/group', 'add', '/group has no code and has /group/inner'],
    ['/sum', 'subtract', 'subtract'],
  ])('to %s %s is rejected in words', (to, method, words) => {
    const branch = newBranch();
    create(branch, '/sum', adder);
    create(branch, '/group/inner', adder);
    const [receipt] = signal(branch, to, method, [1]);
    expect(receipt?.outcome.kind).toBe('rejected');
    expect(receipt && outcomeToText(receipt.outcome)).toContain(words);
  });

  it('whose arguments do not fit is rejected before anything runs', () => {
    const branch = newBranch();
    create(branch, '/sum', adder);
    for (const args of [[], ['three'], [1, 2], [1.5], [2n ** 63n]]) {
      const [receipt] = signal(branch, '/sum', 'add', args);
      expect(receipt).toMatchObject({ outcome: { kind: 'rejected' }, gasUsed: 0 });
    }
  });
});

describe('messages between kernels', () => {
  it('arrive in order, and a reply is a message too', () => {
    const branch = newBranch();
    create(branch, '/ask', asker);
    create(branch, '/ask/sum', adder);
    const receipts = signal(branch, '/ask', 'pass', [5]);
    expect(receipts.map(({ message }) => `${message.from} ${message.to} ${message.method}`)).toEqual([
      'null /ask pass',
      '/ask /ask/sum add',
      '/ask/sum /ask told',
    ]);
    expect(receipts.map(({ depth }) => depth)).toEqual([0, 1, 2]);
    expect(receipts.map(({ cause }) => cause)).toEqual([null, receipts[0]?.index, receipts[1]?.index]);
    expect(stateOf(branch, '/ask', 'told')).toEqual(Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 0));
  });

  it('end in a storm that is too large, and the next signal runs', () => {
    const branch = newBranch({ limits: { messages: 100 } });
    create(branch, '/storm', asker);
    create(branch, '/sum', adder);
    const receipts = signal(branch, '/storm', 'storm');
    expect(receipts).toHaveLength(99);
    expect(receipts.at(-1)?.outcome).toMatchObject({ kind: 'trap', reason: 'refused' });
    expect(signal(branch, '/sum', 'add', [1])[0]?.outcome.kind).toBe('ok');
  });
});

describe('kernels', () => {
  it('are created by kernels, from installed contracts', () => {
    const branch = newBranch();
    create(branch, '/ask', asker);
    expect(signal(branch, '/ask', 'bear')[1]?.outcome).toEqual({
      kind: 'rejected',
      reason: 'no contract adder.wat is installed',
    });
    install(branch, 'adder.wat', adder);
    signal(branch, '/ask', 'bear');
    signal(branch, '/ask', 'pass', [5]);
    expect(sumOf(branch, '/ask/sum')).toBe(5n);
    expect(branch.world().kernel(at('/ask/sum'))?.codeName).toBe('adder.wat');
    expect(signal(branch, '/ask', 'bear')[1]?.outcome).toEqual({
      kind: 'rejected',
      reason: '/ask/sum is there already',
    });
  });

  it('begin with the state they are given', () => {
    const branch = newBranch();
    create(branch, '/sum', adder, { sum: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0), 'owner/name': 'alice' });
    signal(branch, '/sum', 'add', [1]);
    expect(sumOf(branch, '/sum')).toBe(2n);
    expect(decodeValue(stateOf(branch, '/sum', 'owner/name') ?? new Uint8Array())).toEqual({
      ok: true,
      value: 'alice',
    });
  });

  it('are removed with all below them', () => {
    const branch = newBranch();
    for (const address of ['/a', '/a/b', '/a/b/c', '/a-b', '/b']) create(branch, address, null);
    signal(branch, '/a', 'kernel:remove');
    expect([...branch.world().addresses(at('/'))]).toEqual(['/a-b', '/b']);
    expect(branch.world().kernel(at('/a/b'))).toBeUndefined();
  });

  it('are listed by name, a page at a time, whatever lies below them', () => {
    const branch = newBranch();
    const names = ['-x', '.y', '0', 'A', 'b', 'b-c', 'b.d', 'b0'];
    for (const name of names) {
      create(branch, `/${name}`, null);
      create(branch, `/${name}/deep/er`, null);
    }
    const world = branch.world();
    const first = world.children(at('/'), null, 3).map(({ address }) => address);
    const rest = world.children(at('/'), '0', 100).map(({ address }) => address);
    expect([...first, ...rest].toSorted()).toEqual(names.map((name) => `/${name}`).toSorted());
    expect(world.countChildren(at('/'))).toBe(names.length);
    expect(world.kernel(at('/b/deep'))).toMatchObject({ code: null });
  });
});

describe('what a run may know', () => {
  it('is virtual time and randomness that every run of it repeats', () => {
    const branch = newBranch();
    create(branch, '/oracle', oracle);
    const draws = [signal(branch, '/oracle', 'draw'), signal(branch, '/oracle', 'draw')].map(
      ([receipt]) => receipt,
    );
    expect(draws[0]?.after).not.toEqual(draws[1]?.after);
    const again = newBranch();
    create(again, '/oracle', oracle);
    expect(signal(again, '/oracle', 'draw')[0]).toEqual(draws[0]);
  });

  it('can be answered by hand', () => {
    const answers = [{ kernel: at('/oracle'), import: 'kernel.time', value: 42 }];
    const branch = newBranch({ answers });
    create(branch, '/oracle', oracle);
    const [receipt] = signal(branch, '/oracle', 'draw');
    expect(receipt?.outcome).toEqual({ kind: 'ok', reply: Uint8Array.of(0x18, 42) });
  });
});
