import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import type { Storage } from '../../../core/base/storage';
import { encodeValue } from '../../../core/base/value';
import type { Address } from '../../../core/environment/address';
import { type Alignment, alignBranches, differencesOf } from '../../../core/history/align';
import { type Branch, openBranch } from '../../../core/history/branch';
import type { Change } from '../../../core/history/fork';
import { repeatSignals, runToRest } from '../../../core/history/repeat';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { create, install, newBranch, partsOn, signal } from '../../fixtures/branch';
import { adder, asker, gossip } from '../../fixtures/contracts';

const at = (text: string) => text as Address;

function fork(main: Branch, storage: Storage, place: number, changes: readonly Change[]): Branch {
  const forked = main.fork({ name: 'other', at: place, changes });
  const other = openBranch(partsOn(storage), 'other');
  if (!forked.ok || other === undefined) throw new Error('it can be forked');
  for (const _ of repeatSignals(other, main, forked.value));
  return other;
}

function align(left: Branch, right: Branch): Alignment {
  const steps = alignBranches(left, right);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Each row as a line: the call of either side, and what differs when it is in both. */
function linesOf(left: Branch, right: Branch): readonly string[] {
  const { count, row } = align(left, right);
  return Array.from({ length: count }, (_, index) => {
    const one = row(index);
    const [first, second] = [left.receipt(one.left ?? -1), right.receipt(one.right ?? -1)];
    const calls = [first, second].map((receipt) =>
      receipt === undefined ? '-' : `${receipt.message.to} ${receipt.message.method}`,
    );
    const differs = first && second ? ` (${differencesOf(first, second).join(', ')})` : '';
    return `${calls[0] === calls[1] ? calls[0] : calls.join(' | ')}${differs}`;
  });
}

function newAsker(storage: Storage): Branch {
  const main = newBranch({ storage });
  install(main, 'adder.wat', adder);
  create(main, '/ask', asker);
  signal(main, '/ask', 'bear');
  signal(main, '/ask', 'pass', [7]);
  signal(main, '/ask', 'pass', [8]);
  return main;
}

describe('branches side by side', () => {
  it('are alike in all when nothing was changed', () => {
    const storage = createMemoryStorage();
    const main = newAsker(storage);
    const other = fork(main, storage, 4, []);
    expect(align(main, other)).toMatchObject({ shared: 4, count: main.length - 4 });
    expect(linesOf(main, other)).toEqual([
      '/ask pass ()',
      '/ask/sum add ()',
      '/ask told ()',
      '/ask pass ()',
      '/ask/sum add ()',
      '/ask told ()',
    ]);
    expect(align(main, main)).toMatchObject({ shared: main.length, count: 0 });
  });

  it('tell what came of another call, and of what it led to', () => {
    const storage = createMemoryStorage();
    const main = newAsker(storage);
    const sent = 5;
    const other = fork(main, storage, sent, [
      { kind: 'message', method: 'add', args: encodeValue([9]) },
      { kind: 'state', kernel: at('/ask'), key: textToBytes('note'), value: textToBytes('!') },
    ]);
    expect(linesOf(main, other)).toEqual([
      '- | /ask kernel:write',
      '- | / world:replace',
      '/ask/sum add (call, outcome, state, sends)',
      '/ask told (call, state)',
      '/ask pass (state)',
      '/ask/sum add (outcome, state, sends)',
      '/ask told (call, state)',
    ]);
  });

  it('belong together by what sent them, whatever the order', () => {
    const storage = createMemoryStorage();
    const main = newBranch({ storage });
    for (const address of ['/a', '/b', '/c']) create(main, address, gossip);
    for (const address of ['/a', '/b'])
      main.signal({ to: at(address), method: 'tell', args: encodeValue([2]), replyTo: null, gas: null });
    for (const _ of runToRest(main));
    // Both signals had been accepted: with the first one last, all that follows comes in another order.
    const other = fork(main, storage, 4, [{ kind: 'message', method: 'tell', args: encodeValue([1]) }]);
    const { count, row } = align(main, other);
    const rows = Array.from({ length: count }, (_, index) => row(index));
    const lefts = rows.flatMap(({ left }) => left ?? []);
    expect(lefts).toEqual(Array.from({ length: main.length - 4 }, (_, index) => index + 4));
    const rights = rows.flatMap(({ right }) => right ?? []);
    expect(rights.toSorted((one, two) => one - two)).toEqual(
      Array.from({ length: other.length - 4 }, (_, index) => index + 4),
    );
    for (const { left, right } of rows) {
      const [first, second] = [main.receipt(left ?? -1), other.receipt(right ?? -1)];
      if (first && second) expect(first.message.to).toBe(second.message.to);
    }
  });
});
