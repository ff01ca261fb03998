/**
 * A world that runs until it is killed: with messages in batches of every size, forks that come and go, and what no branch
 * reaches collected in between. It prints what it was told of each commit, and nothing that it wasn't.
 */
import { readFileSync, writeSync } from 'node:fs';
import { hashToText } from '../../../core/base/hash';
import { encodeValue } from '../../../core/base/value';
import { createWasmContainer } from '../../../core/container/wasm/wasm-container';
import type { Address } from '../../../core/environment/address';
import { defaultLimits } from '../../../core/environment/limits';
import { type Branch, createBranch, openBranch } from '../../../core/history/branch';
import { deleteBranch } from '../../../core/history/branches';
import { collectGarbage } from '../../../core/history/collect';
import { kernelImports } from '../../../core/imports/kernel';
import { createSignal } from '../../../core/kernel/control-signals';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';

const [, , folder = '', codeFile = '', seed = '1'] = process.argv;
const opened = openLmdbStorage(folder);
if (!opened.ok) throw new Error(opened.error.message);
const storage = opened.value;
const parts = { storage, containers: [createWasmContainer()], imports: [kernelImports] };
const addresses = ['/a', '/b', '/c'].map((text) => text as Address);

let state = Number(seed);
/** From 0 up to `below`. */
function random(below: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

function open(): Branch {
  const known = openBranch(parts, 'main');
  if (known !== undefined) return known;
  const made = createBranch(parts, 'main', {
    limits: defaultLimits,
    seed: 0,
    answers: [],
    schedule: 'fifo',
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

function put(branch: Branch): void {
  const [to = '/a' as Address] = addresses.slice(random(addresses.length));
  const args = encodeValue([random(10), random(1000)]);
  branch.signal({ to, method: 'put', args, replyTo: null, gas: null });
}

const branch = open();
branch.onCommit.on(({ length }) => {
  writeSync(1, `${length} ${hashToText(branch.root())}\n`);
});
if (branch.length === 0) {
  const binding = { code: branch.addCode(readFileSync(codeFile)), codeName: null };
  for (const address of addresses) branch.signal(createSignal(address, binding, null));
}
for (;;) {
  for (let count = random(30); count >= 0; count--) put(branch);
  while (branch.run(1 + random(20)) > 0);
  if (random(4) > 0) continue;
  deleteBranch(storage, 'side');
  branch.fork({ name: 'side', at: random(branch.length + 1), changes: [] });
  const side = openBranch(parts, 'side');
  if (side === undefined) continue;
  for (let count = random(9); count >= 0; count--) put(side);
  side.run(100);
  side.dispose();
  if (random(2) > 0) continue;
  deleteBranch(storage, 'side');
  const steps = collectGarbage(storage, { waiting: [], deadEntries: () => [] });
  while (steps.next().done !== true) {
    if (random(100) > 0) continue;
    put(branch);
    branch.run(1);
  }
}
