/** Questions to pasts of every length: how long making the index takes, and each answer then. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import wabt from 'wabt';
import { textToBytes } from '../../core/base/bytes';
import { finish } from '../../core/base/steps';
import { encodeValue } from '../../core/base/value';
import { createWasmContainer } from '../../core/container/wasm/wasm-container';
import type { Address } from '../../core/environment/address';
import { defaultLimits } from '../../core/environment/limits';
import { createBranch } from '../../core/history/branch';
import { createPastIndex } from '../../core/history/past-index';
import { type ReceiptFilter, findReceipts } from '../../core/history/query';
import { kernelImports } from '../../core/imports/kernel';
import { createSignal } from '../../core/kernel/control-signals';
import { openLmdbStorage } from '../../core/store/lmdb-storage';
import type { Point } from './point';

/** `add(n, v)` adds v to what is under `sum/N`, for the digit n. */
const contract = `(module
  (import "kernel" "state_get" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "kernel" "state_set" (func $set (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "sum/0")
  (func (export "add") (param i64 i64)
    (i32.store8 (i32.const 4) (i32.add (i32.const 48) (i32.wrap_i64 (local.get 0))))
    (drop (call $get (i32.const 0) (i32.const 5) (i32.const 16) (i32.const 8)))
    (i64.store (i32.const 16) (i64.add (i64.load (i32.const 16)) (local.get 1)))
    (call $set (i32.const 0) (i32.const 5) (i32.const 16) (i32.const 8))))`;

const kernels = 100;
const asked = 100;
/** As many as a page of the window has. */
const rows = 100;

export async function queryPoints(): Promise<readonly Point[]> {
  const tools = await wabt();
  const code = new Uint8Array(tools.parseWat('sum.wat', contract).toBinary({}).buffer);
  return [1000, 10_000, 100_000].flatMap((receipts) => byReceipts(receipts, code));
}

function byReceipts(receipts: number, code: Uint8Array): readonly Point[] {
  const folder = mkdtempSync(join(tmpdir(), 'kernelscope-bench-'));
  const opened = openLmdbStorage(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  const storage = opened.value;
  const parts = { storage, containers: [createWasmContainer()], imports: [kernelImports] };
  const made = createBranch(parts, 'main', { limits: defaultLimits, seed: 0, answers: [], schedule: 'fifo' });
  if (!made.ok) throw new Error(made.error.message);
  const branch = made.value;
  const addresses = Array.from({ length: kernels }, (_, index) => `/k${index}` as Address);
  const binding = { code: branch.addCode(code), codeName: null };
  for (const address of addresses) branch.signal(createSignal(address, binding, null));
  for (let sent = kernels; sent < receipts; sent++) {
    const [to = '/' as Address] = addresses.slice((sent * 7919) % kernels);
    const args = encodeValue([sent % 10, sent]);
    // Each tenth fails for want of gas.
    branch.signal({ to, method: 'add', args, replyTo: null, gas: sent % 10 === 3 ? 10 : null });
  }
  // In batches as large as those of a world that a window looks at.
  while (branch.run(256) > 0);
  const source = { branch, blocks: storage };
  const ask = (filter: ReceiptFilter, index = createPastIndex(branch, storage, true)) =>
    finish(
      findReceipts(index, source, { filter, order: 'newest', from: null, count: rows, effort: Infinity }),
    );
  const point = (measure: string, value: number): Point => ({
    measure,
    of: 'receipts',
    size: receipts,
    value,
  });
  const index = createPastIndex(branch, storage, true);
  const points = [
    point(
      'make the index (ms)',
      milliseconds(() => ask({ to: '/nobody' as Address }, index)),
    ),
    point(
      'make the index of runs (ms)',
      milliseconds(() => ask({ uses: 'debug.print' }, index)),
    ),
    point(
      'first question after a start (ms)',
      milliseconds(() => ask({ to: '/nobody' as Address })),
    ),
    ...Object.entries(questions).map(([name, filterFor]) => {
      const times = Array.from({ length: asked }, (_, turn) =>
        milliseconds(() => ask(filterFor(turn * 37), index)),
      );
      return point(
        `${name}, p95 (ms)`,
        times.toSorted((left, right) => left - right)[(asked * 95) / 100] ?? NaN,
      );
    }),
  ];
  branch.dispose();
  storage.close();
  rmSync(folder, { recursive: true, force: true });
  return points;
}

const kernelOf = (turn: number) => `/k${turn % kernels}` as Address;
const entryOf = (turn: number) => ({ kernel: kernelOf(turn), key: textToBytes(`sum/${turn % 10}`) });

const questions: Readonly<Record<string, (turn: number) => ReceiptFilter>> = {
  'who wrote a key': (turn) => ({ wrote: { ...entryOf(turn), match: 'key' } }),
  'wrote below a prefix': (turn) => ({
    wrote: { kernel: kernelOf(turn), key: textToBytes('sum'), match: 'level' },
  }),
  'touched a key': (turn) => ({ touched: { ...entryOf(turn), match: 'key' } }),
  'to a kernel': (turn) => ({ to: kernelOf(turn) }),
  'from a kernel': (turn) => ({ from: kernelOf(turn) }),
  'of a method': (turn) => ({ method: turn % 2 === 0 ? 'add' : 'kernel:create' }),
  'with an outcome': (turn) => ({ outcome: turn % 2 === 0 ? 'trap' : 'rejected' }),
  'that use an import': (turn) => ({ uses: turn % 2 === 0 ? 'kernel.state_get' : 'kernel.time' }),
  'several of these': (turn) => ({ to: kernelOf(turn), method: 'add', outcome: 'trap' }),
};

function milliseconds(act: () => unknown): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}
