import { describe, expect, it } from 'vitest';
import type { Hash } from '../../../core/base/hash';
import type { Storage } from '../../../core/base/storage';
import { encodeValue } from '../../../core/base/value';
import type { Address } from '../../../core/environment/address';
import { adoptHistory } from '../../../core/history/adopt';
import { type Branch, openBranch } from '../../../core/history/branch';
import { readHead } from '../../../core/history/lines';
import { type StoredBlock, historyBlocks, worldBlocks } from '../../../core/history/reachable';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { create, install, newBranch, partsOn, signal } from '../../fixtures/branch';
import { adder, asker, gossip } from '../../fixtures/contracts';

function open(storage: Storage, name: string): Branch {
  const branch = openBranch(partsOn(storage), name);
  if (branch === undefined) throw new Error(`there is a branch ${name}`);
  return branch;
}

function headOf(storage: Storage, name: string): Hash {
  const end = readHead(storage, name);
  if (end === undefined) throw new Error(`there is a branch ${name}`);
  return end.head;
}

function adopt(blocks: readonly StoredBlock[], head: Hash) {
  const storage = createMemoryStorage();
  storage.write({ blocks: blocks.map(({ hash, bytes }) => [hash, bytes]), entries: [] });
  return { storage, adopted: adoptHistory(storage, 'main', head) };
}

/** The branch, taken block by block into a store of its own. */
function moved(storage: Storage, name: string): Branch {
  const head = headOf(storage, name);
  const other = adopt([...historyBlocks(storage, head)], head);
  expect(other.adopted).toEqual({ ok: true, value: undefined });
  return open(other.storage, 'main');
}

const all = (branch: Branch) => branch.receipts(0, branch.length);

function fork(branch: Branch, name: string, at: number): void {
  const forked = branch.fork({ name, at, changes: [] });
  if (!forked.ok) throw new Error(forked.error.message);
}

/** What is on its way in the middle of a storm of gossip, with a branch that leaves it there, and one that leaves that. */
function gossips(): Storage {
  const storage = createMemoryStorage();
  const branch = newBranch({ storage });
  install(branch, 'never-run.wat', adder);
  for (const address of ['/a', '/b', '/c']) create(branch, address, gossip);
  const tell = { to: '/a' as Address, method: 'tell', args: encodeValue([2]), replyTo: null, gas: null };
  branch.signal(tell);
  branch.signal({ ...tell, to: '/b' as Address });
  branch.run(5);
  branch.run(5);
  fork(branch, 'left', 7);
  const left = open(storage, 'left');
  left.run(3);
  fork(left, 'again', 8);
  open(storage, 'again').run(2);
  fork(branch, 'from-the-start', 0);
  return storage;
}

describe('a history from elsewhere', () => {
  it.each(['main', 'left', 'again', 'from-the-start'])('is the same branch: %s', (name) => {
    const storage = gossips();
    const here = open(storage, name);
    const there = moved(storage, name);
    expect(there.root()).toEqual(here.root());
    expect(all(there)).toEqual(all(here));
    expect(there.pending).toBe(here.pending);
    for (let index = 0; index < there.length; index++) expect(there.rerun(index, null).ok).toBe(true);
    for (const branch of [here, there]) while (branch.run(1000) > 0);
    expect(all(there)).toEqual(all(here));
    expect(there.root()).toEqual(here.root());
  });

  it('brings the code that was only installed, and goes on with it', () => {
    const storage = createMemoryStorage();
    const branch = newBranch({ storage });
    install(branch, 'adder.wat', adder);
    create(branch, '/asker', asker);
    const there = moved(storage, 'main');
    signal(there, '/asker', 'bear');
    expect(all(there).at(-1)?.outcome.kind).toBe('ok');
  });

  it('is refused when any block but that of the empty tree is missing, or is not what its place says', () => {
    const storage = createMemoryStorage();
    const branch = newBranch({ storage });
    create(branch, '/sum', adder);
    for (let value = 0; value < 5; value++) signal(branch, '/sum', 'add', [value]);
    const head = headOf(storage, 'main');
    const blocks = [...historyBlocks(storage, head)];
    for (const missing of blocks.filter(({ bytes }) => bytes.length > 1)) {
      const { storage: other, adopted } = adopt(
        blocks.filter((block) => block !== missing),
        head,
      );
      expect(adopted).toMatchObject({ ok: false, error: { code: 'incomplete-history' } });
      expect(openBranch(partsOn(other), 'main')).toBeUndefined();
    }
    for (const { hash } of worldBlocks(storage, branch.root())) {
      expect(adopt(blocks, hash).adopted).toMatchObject({ error: { code: 'incomplete-history' } });
    }
  });
});

it('a world can be taken without its past', () => {
  const branch = newBranch();
  create(branch, '/sum', adder);
  signal(branch, '/sum', 'add', [7]);
  const blocks = [...worldBlocks({ block: branch.code }, branch.root())];
  expect(blocks[0]?.hash).toEqual(branch.root());
  expect(blocks.filter(({ codec }) => codec === 0x55).map(({ bytes }) => bytes)).toEqual([adder]);
});

it('takes along what was changed in the midst of a run', () => {
  const storage = createMemoryStorage();
  const branch = newBranch({ storage });
  create(branch, '/sum', adder);
  const [receipt] = signal(branch, '/sum', 'add', [7]);
  if (receipt === undefined) throw new Error('a signal has a receipt');
  const { message } = receipt;
  const edits = [{ count: 10, edit: { kind: 'operand', frame: 0, index: 2, bits: 50n } }] as const;
  branch.fork({ name: 'edited', at: 1, changes: [{ kind: 'edits', message, edits }] });
  const edited = open(storage, 'edited');
  while (edited.run(10) > 0);
  const copy = moved(storage, 'edited');
  expect(all(copy)).toEqual(all(edited));
  expect(copy.rerun(1, null)).toMatchObject({ ok: true, value: { receipt: all(edited)[1] } });
});
