import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../../../core/base/fault';
import type { Result } from '../../../core/base/result';
import { systemClock } from '../../../core/host/clock';
import { type WorldThread, createWorldThread } from '../../../core/host/world-thread';
import type { WorldWorkerProtocol } from '../../../core/host/worker-protocol';
import type { CallNames, Params, Returns } from '../../../core/studio/protocol/declare';
import type { WorldStatus } from '../../../core/studio/protocol/world';
import { adder, oracle } from '../../fixtures/contracts';
import { temporaryFolder } from './temporary';

type Name = CallNames<WorldWorkerProtocol>;

interface Thread {
  /** Throws for a fault. */
  call<N extends Name>(
    name: N,
    params: Params<WorldWorkerProtocol, N>,
  ): Promise<Returns<WorldWorkerProtocol, N>>;
  fault<N extends Name>(name: N, params: Params<WorldWorkerProtocol, N>): Promise<Fault>;
  readonly told: readonly WorldStatus[];
  close(): void;
}

const { signal: never } = new AbortController();

function openThread(workspace: string, store: string | null): Thread {
  const told: WorldStatus[] = [];
  const thread: WorldThread = createWorldThread({
    data: { workspace, store, breakpoints: join(workspace, 'breakpoints.cbor'), paused: false },
    clock: systemClock,
    onStatus: (status) => void told.push(status),
    emit: () => undefined,
    onBug: (error) => expect.fail(String(error)),
  });
  onTestFinished(() => thread.dispose());
  const ask = async <N extends Name>(name: N, params: Params<WorldWorkerProtocol, N>) =>
    (await thread.handlers[name](params, never)) as Result<Returns<WorldWorkerProtocol, N>, Fault>;
  return {
    told,
    async call(name, params) {
      const answer = await ask(name, params);
      if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
      return answer.value;
    },
    async fault(name, params) {
      const answer = await ask(name, params);
      if (answer.ok) throw new Error(`${name} went well`);
      return answer.error;
    },
    close: () => thread.dispose(),
  };
}

function sumsWorkspace(): string {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'kernelscope.yaml'),
    'kernelscope: 1\nkernels:\n  /sum: { code: contracts/adder.wat }\n',
  );
  return folder;
}

/** `/sum` was told 1, 10 and 100: receipts 2, 3 and 4. */
async function openSums(workspace = sumsWorkspace(), store: string | null = null): Promise<Thread> {
  const thread = openThread(workspace, store);
  const { isNew } = await thread.call('world.open', {});
  if (!isNew) return thread;
  const contract = { path: 'contracts/adder.wat', code: adder, sourceMap: null };
  await thread.call('world.create', { contracts: [contract] });
  for (const value of [1, 10, 100]) await add(thread, value);
  return thread;
}

async function add(thread: Thread, value: number): Promise<void> {
  const signal = { to: '/sum', method: 'add', args: [value], gas: null };
  await thread.call('world.delivered', await thread.call('world.signal', signal));
}

async function replies(thread: Thread): Promise<unknown[]> {
  const { total } = await thread.call('world.receipts', { start: 0, count: 1 });
  const details = [];
  for (let index = 2; index < total; index++) details.push(await thread.call('world.receipt', { index }));
  return details.map(({ outcome }) =>
    outcome.kind === 'ok' ? (outcome.reply?.value ?? null) : outcome.kind,
  );
}

const range = { start: 0, count: 100 };

describe('the branches of a running world', () => {
  it('are forked, run, compared and worked on', async () => {
    const thread = await openSums();
    const row = await thread.call('branch.fork', {
      name: 'twenty',
      of: null,
      at: 3,
      changes: [{ kind: 'message', method: 'add', args: [20] }],
      run: 'repeat',
    });
    expect(row).toEqual({ name: 'twenty', length: 5, fork: { at: 3, from: ['main'] }, current: false });
    const { shared, page } = await thread.call('branch.compare', { left: 'main', right: 'twenty', ...range });
    expect([shared, page.total]).toEqual([3, 2]);
    expect(page.rows[0]?.differences).toEqual(['call', 'outcome', 'state']);
    const ends = { before: { branch: 'main', at: null }, after: { branch: 'twenty', at: null } };
    const states = await thread.call('state.compare', { ...ends, last: null, count: 10 });
    expect(states.rows.map(({ kernel }) => kernel)).toEqual(['/sum']);
    expect(await replies(thread)).toEqual([1, 11, 111]);

    expect(await thread.call('branch.switch', { name: 'twenty' })).toMatchObject({
      branch: 'twenty',
      length: 5,
    });
    expect(thread.told.at(-1)).toMatchObject({ branch: 'twenty' });
    expect(await replies(thread)).toEqual([1, 21, 121]);
    await add(thread, 1000);
    expect(await replies(thread)).toEqual([1, 21, 121, 1121]);
    await thread.call('branch.switch', { name: 'main' });
    expect(await replies(thread)).toEqual([1, 11, 111]);
    await add(thread, 1000);
    expect(await replies(thread)).toEqual([1, 11, 111, 1111]);
  });

  it('keep the one that is worked on when the world is opened again', async () => {
    const folder = sumsWorkspace();
    const store = join(folder, 'world');
    const first = await openSums(folder, store);
    await first.call('branch.fork', { name: 'other', of: null, at: 3, changes: [], run: 'rest' });
    await first.call('branch.switch', { name: 'other' });
    await first.call('branch.rename', { name: 'other', to: 'mine' });
    await first.call('branch.rename', { name: 'main', to: 'old' });
    first.close();
    const again = await openSums(folder, store);
    expect(await again.call('world.status', {})).toMatchObject({ branch: 'mine', length: 3 });
    const { rows } = await again.call('branch.list', range);
    expect(rows.map(({ name, current }) => [name, current])).toEqual([
      ['mine', true],
      ['old', false],
    ]);
    await again.call('branch.delete', { name: 'old' });
    expect(await replies(again)).toEqual([1]);
  });

  it('are forked with other answers, states and code', async () => {
    const thread = await openSums();
    await thread.call('world.bind', { path: 'contracts/oracle.wat', code: oracle, sourceMap: null });
    await thread.call('branch.fork', {
      name: 'other',
      of: 'main',
      at: 3,
      changes: [
        { kind: 'code', kernel: '/sum', contract: 'contracts/oracle.wat' },
        { kind: 'answer', kernel: '/sum', import: 'kernel.time', call: null, value: 77 },
        { kind: 'state', kernel: '/sum', key: Uint8Array.of(1), value: Uint8Array.of(2) },
        { kind: 'message', method: 'draw', args: [] },
      ],
      run: 'rest',
    });
    await thread.call('branch.switch', { name: 'other' });
    expect(await replies(thread)).toEqual([1, null, null, 77]);
    const { value } = await thread.call('world.value', {
      kernel: '/sum',
      at: null,
      key: Uint8Array.of(1),
      offset: 0,
    });
    expect(value?.data.bytes).toEqual(Uint8Array.of(2));
  });

  it('are forked with imports that fail, each call of them or one alone', async () => {
    const thread = await openSums();
    await thread.call('world.bind', { path: 'contracts/oracle.wat', code: oracle, sourceMap: null });
    const code = { kind: 'code' as const, kernel: '/sum', contract: 'contracts/oracle.wat' };
    const message = { kind: 'message' as const, method: 'draw', args: [] };
    async function drawWith(name: string, call: number | null): Promise<unknown> {
      const failure = {
        kind: 'failure' as const,
        kernel: '/sum',
        import: 'kernel.time',
        call,
        words: 'no luck',
      };
      await thread.call('branch.fork', {
        name,
        of: 'main',
        at: 3,
        changes: [code, failure, message],
        run: 'rest',
      });
      await thread.call('branch.switch', { name });
      const { rows } = await thread.call('world.receipts', range);
      const { outcome } = await thread.call('world.receipt', { index: rows.length - 1 });
      const environment = await thread.call('world.environment', { index: rows.length - 1 });
      expect(environment).toMatchObject({ answers: [{ import: 'kernel.time', fail: 'no luck' }] });
      return outcome;
    }
    const refused = { kind: 'trap', reason: 'refused', detail: 'no luck' };
    expect(await drawWith('each', null)).toMatchObject(refused);
    expect(await drawWith('first', 0)).toMatchObject(refused);
    expect(await drawWith('second', 1)).toMatchObject({ kind: 'ok' });
    const unknown = { kind: 'failure' as const, kernel: '/sum', import: 'kernel.tme', call: null, words: '' };
    const fork = { name: 'x', of: 'main', at: 3, changes: [unknown], run: 'none' as const };
    expect(await thread.fault('branch.fork', fork)).toMatchObject({
      code: 'unknown-import',
      message: expect.stringContaining('kernel.tme'),
    });
  });

  it('say what can not be done', async () => {
    const thread = await openSums();
    const codeOf = async (answer: Promise<Fault>) => (await answer).code;
    const fork = { name: 'x', of: null, at: 3, changes: [], run: 'none' as const };
    expect(await codeOf(thread.fault('branch.fork', { ...fork, name: '' }))).toBe('bad-name');
    expect(await codeOf(thread.fault('branch.fork', { ...fork, of: 'none' }))).toBe('no-branch');
    expect(await codeOf(thread.fault('branch.fork', { ...fork, at: 99 }))).toBe('no-receipt');
    const code = { kind: 'code' as const, kernel: '/sum', contract: 'none.ts' };
    expect(await codeOf(thread.fault('branch.fork', { ...fork, changes: [code] }))).toBe('not-installed');
    expect(await codeOf(thread.fault('branch.delete', { name: 'main' }))).toBe('current-branch');
    expect(await codeOf(thread.fault('branch.switch', { name: 'none' }))).toBe('no-branch');
    await thread.call('world.stop', {});
    await thread.call('world.signal', { to: '/sum', method: 'add', args: [1], gas: null });
    await thread.call('branch.fork', fork);
    expect(await codeOf(thread.fault('branch.switch', { name: 'x' }))).toBe('signals-wait');
  });
});

it('keeps breakpoints with the workspace, from one process to the next and from branch to branch', async () => {
  const workspace = sumsWorkspace();
  const first = await openSums(workspace);
  const argument = { name: 'key', value: Uint8Array.of(1, 2) };
  const breakpoint = {
    on: { kind: 'import', import: 'kernel.state_set', argument },
    enabled: true,
    when: '$count > 3',
    hits: { which: 'each', n: 2 },
    log: null,
  } as const;
  const { id } = await first.call('debug.setBreakpoint', { id: null, breakpoint });
  await first.call('branch.fork', { name: 'other', of: null, at: 3, changes: [], run: 'repeat' });
  await first.call('branch.switch', { name: 'other' });
  expect((await first.call('debug.breakpoints', range)).rows).toMatchObject([{ id, breakpoint }]);
  first.close();
  const second = await openSums(workspace);
  expect((await second.call('debug.breakpoints', range)).rows).toMatchObject([
    { id, breakpoint, verified: true },
  ]);
  second.close();
  writeFileSync(join(workspace, 'breakpoints.cbor'), 'damaged');
  const third = await openSums(workspace);
  expect(await third.call('debug.breakpoints', range)).toMatchObject({ total: 0 });
});
