/** The whole host with its workers as they were built, and windows that talk to it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { type ServedWorkspace, serveWorkspace } from '../../../core/host/serve';
import type { StudioParams } from '../../../core/studio/protocol/studio';
import type { WorldStatus } from '../../../core/studio/protocol/world';
import { builtProgram } from '../../fixtures/built-program';
import { counterPath, counterText, counterWorkspace } from './counter-workspace';
import { type TestWindow, openWindow } from './window';

const program = builtProgram();

async function serveFolder(folder: string): Promise<ServedWorkspace & { readonly window: TestWindow }> {
  const served = await serveWorkspace(folder, { port: 0 });
  if (!served.ok) throw new Error(served.error.message);
  onTestFinished(() => served.value.close());
  return { ...served.value, window: await openWindow(served.value.url) };
}

/** A host in a process of its own, which can be killed. */
async function spawnHost(
  folder: string,
  as: { readonly uid?: number } = {},
): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [program, 'serve', folder, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...as,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { process: child, url: line };
}

/** Permissions mean nothing to root, who has to become somebody else: one who may not read every checkout. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65534 } : {};
const readsCheckout = ['-e', `require('node:fs').readFileSync(${JSON.stringify(program)})`];
const canBeUnprivileged = spawnSync(process.execPath, readsCheckout, unprivileged).status === 0;

/** The place of the signal's receipt, once it is there. */
async function send(window: TestWindow, signal: StudioParams<'world.signal'>): Promise<number> {
  const { receipt } = await window.call('world.delivered', await window.call('world.signal', signal));
  return receipt ?? expect.fail('the signal was dropped');
}

const isReady = ({ state }: { readonly state: string }) => state === 'ready';

test('opens a workspace: its world is made from kernelscope.yaml, its contracts are built and bound', async () => {
  const { window } = await serveFolder(counterWorkspace());
  await window.until(isReady);
  const { rows } = await window.call('world.kernels', { parent: '/', at: null, start: 0, count: 10 });
  expect(rows).toMatchObject([{ address: '/counter', codeName: counterPath, childCount: 0 }]);
  const { kernel, interface: contract } = await window.call('world.kernel', {
    address: '/counter',
    at: null,
  });
  expect(kernel.code).toMatch(/^bafkrei/);
  expect(contract?.methods.map(({ name }) => name)).toStrictEqual(['keep', 'fall', 'spin']);
  const receipts = await window.call('world.receipts', { start: 0, count: 100 });
  expect(receipts.rows.map(({ to, method, outcome }) => ({ to, method, outcome }))).toStrictEqual([
    { to: '/', method: 'kernel:install', outcome: 'ok' },
    { to: '/counter', method: 'kernel:create', outcome: 'ok' },
  ]);
});

test('a contract that does not compile is no reason not to open: its kernel is made when it does', async () => {
  const { window } = await serveFolder(
    counterWorkspace({ [counterPath]: '(module\n  (func (export "keep") (drop)))\n' }),
  );
  await window.until(isReady);
  const kernels = { parent: '/', at: null, start: 0, count: 10 };
  expect(await window.call('world.kernels', kernels)).toMatchObject({ total: 0 });
  expect(await window.call('contracts.bind', { path: counterPath })).toMatchObject({
    built: false,
    diagnostics: [{ file: counterPath, line: 2, column: 26, severity: 'error' }],
  });

  await window.call('files.write', { path: counterPath, text: counterText, version: null });
  expect(await window.call('contracts.bind', { path: counterPath })).toMatchObject({
    built: true,
    bound: ['/counter'],
    boundTotal: 1,
    unchanged: false,
  });
  expect(await window.call('world.kernels', kernels)).toMatchObject({ rows: [{ address: '/counter' }] });
});

test('saved code is bound to the kernels that run it, and what is the same changes nothing', async () => {
  const { window } = await serveFolder(counterWorkspace());
  await window.until(isReady);
  expect(await window.call('contracts.bind', { path: counterPath })).toMatchObject({
    unchanged: true,
    boundTotal: 0,
  });
  const text = counterText.replace('(result i32)', '(result i32) (return (i32.const 7))');
  await window.call('files.write', { path: counterPath, text, version: null });
  const bound = await window.call('contracts.bind', { path: counterPath });
  expect(bound).toMatchObject({ unchanged: false, bound: ['/counter'], waiting: 0 });
  expect(await window.call('world.kernel', { address: '/counter', at: null })).toMatchObject({
    kernel: { code: bound.code },
  });
  const receipt = await send(window, {
    to: '/counter',
    method: 'keep',
    args: [3],
    gas: null,
  });
  expect(await window.call('world.receipt', { index: receipt })).toMatchObject({
    outcome: { kind: 'ok', reply: { value: 7 } },
  });
  await window.call('world.stop', {});
  await window.call('files.write', { path: counterPath, text: counterText, version: null });
  expect(await window.call('contracts.bind', { path: counterPath })).toMatchObject({
    bound: ['/counter'],
    waiting: 1,
  });
});

test('a saved import set is built into the contracts that import it, and bound; an editor completes from it', async () => {
  const rates = (functions: string) => `export default { doc: 'Rates.', functions: { ${functions} } };`;
  const rate = (given: number) => rates(`rate: { doc: 'Of all.', result: 'i32', run: () => ${given} }`);
  const folder = counterWorkspace({
    'kernelscope.yaml': `kernelscope: 1
kernels:
  /counter: { code: ${counterPath} }
  /rated: { code: contracts/rated.js }`,
    'contracts/rated.js': `import { half } from '../imports/lib/half.js';
import { rate } from 'kernelscope/rates';
export const ask = () => half(rate());`,
    'imports/lib/half.js': 'export const half = (n) => n / 2;',
    'imports/rates.js': rate(20),
  });
  const { window } = await serveFolder(folder);
  await window.until(isReady);
  const path = 'imports/rates.js';
  async function save(text: string) {
    await window.call('files.write', { path, text, version: null });
    return window.call('contracts.rebuild', { path });
  }
  async function answer() {
    const receipt = await send(window, {
      to: '/rated',
      method: 'ask',
      args: [],
      gas: null,
    });
    return (await window.call('world.receipt', { index: receipt })).outcome;
  }
  expect(await answer()).toMatchObject({ reply: { value: 10 } });
  expect(await save(rate(40))).toMatchObject({
    diagnostics: [],
    contracts: [{ path: 'contracts/rated.js', built: true, bound: ['/rated'], boundTotal: 1 }],
  });
  expect(await answer()).toMatchObject({ reply: { value: 20 } });

  expect(await save('export default {')).toMatchObject({ diagnostics: [{ file: path }], contracts: [] });
  expect(await save(rates(''))).toMatchObject({
    contracts: [{ built: false, diagnostics: [{ file: 'contracts/rated.js', severity: 'error' }] }],
  });
  expect(await answer()).toMatchObject({ reply: { value: 20 } });
  expect(await save(rate(60))).toMatchObject({ contracts: [{ built: true, bound: ['/rated'] }] });
  expect(await answer()).toMatchObject({ reply: { value: 30 } });

  await window.call('files.write', {
    path: 'imports/lib/half.js',
    text: 'export const half = (n) => n / 3;',
    version: null,
  });
  expect(await window.call('contracts.rebuild', { path: 'imports/lib/half.js' })).toMatchObject({
    contracts: [{ path: 'contracts/rated.js', bound: ['/rated'] }],
  });
  expect(await answer()).toMatchObject({ reply: { value: 20 } });

  const { files } = await window.call('contracts.libraries', {});
  expect(files.filter((file) => file.path.includes('/rates.'))).toMatchObject([
    { language: 'assemblyscript', text: expect.stringContaining('export function rate(): i32 {') },
    {
      language: 'javascript',
      text: expect.stringContaining('/** Of all. */\nexport declare function rate(): number;'),
    },
  ]);
});

test('a contract that can’t be read is a diagnostic that says why', async () => {
  const folder = counterWorkspace({ 'contracts/large.wasm': new Uint8Array(100 * 1024 * 1024) });
  symlinkSync('/etc/hostname', join(folder, 'contracts/outside.wat'));
  const { window } = await serveFolder(folder);
  await window.until(isReady);
  const words = async (path: string) => {
    const { built, diagnostics } = await window.call('contracts.bind', { path });
    expect(built).toBe(false);
    return diagnostics.map(({ file, message }) => `${file}: ${message}`).join('\n');
  };
  expect(await words('contracts/large.wasm')).toContain(
    '104,857,600 bytes; a contract may have up to 16 MiB',
  );
  expect(await words('contracts/none.wat')).toContain('there is no file contracts/none.wat');
  expect(await words('contracts/outside.wat')).toContain('is outside the workspace');
});

test('unsaved text is checked without being bound', async () => {
  const { window } = await serveFolder(counterWorkspace());
  const path = 'contracts/new.wat';
  expect(
    await window.call('contracts.check', { path, text: '(module (func (export "a") (drop)))' }),
  ).toMatchObject({
    interface: null,
    diagnostics: [{ file: path, line: 1, severity: 'error' }],
  });
  expect(
    await window.call('contracts.check', { path, text: '(module (func (export "a") (param i64)))' }),
  ).toMatchObject({
    diagnostics: [],
    interface: { methods: [{ name: 'a', params: [{ name: 'arg0', type: 's64' }], result: null }] },
  });
  expect(await window.call('contracts.check', { path: 'a.cobol', text: '' })).toMatchObject({
    interface: null,
    diagnostics: [{ message: expect.stringContaining('no language') }],
  });
});

test('signals that can’t run are refused with what to do, and change nothing', async () => {
  const { window } = await serveFolder(counterWorkspace());
  const { length } = await window.until(isReady);
  const signal = { to: '/counter', method: 'keep', args: { small: 1 }, gas: null };
  const refusals: readonly (readonly [Partial<StudioParams<'world.signal'>>, string])[] = [
    [{ to: '/nobody' }, 'no-kernel'],
    [{ to: 'counter' }, 'bad-address'],
    [{ to: '/' }, 'no-code'],
    [{ method: 'fly' }, 'no-method'],
    [{ args: { smal: 1 } }, 'unknown-argument'],
    [{ args: {} }, 'missing-argument'],
    [{ args: { small: 'much' } }, 'wrong-arguments'],
    [{ args: [1, 2] }, 'wrong-arguments'],
    [{ args: [Number.NaN] }, 'not-a-value'],
    [{ gas: -1 }, 'bad-params'],
  ];
  for (const [wrong, code] of refusals) {
    expect(await window.fault('world.signal', { ...signal, ...wrong })).toMatchObject({ code });
  }
  expect(await window.call('world.status', {})).toMatchObject({ length, pending: 0 });
});

test('everything about a message can be asked for: its call, imports, environment and changes', async () => {
  const { window } = await serveFolder(counterWorkspace());
  await window.until(isReady);
  const index = await send(window, {
    to: '/counter',
    method: 'keep',
    args: { small: 5 },
    gas: 5000,
  });
  expect(await window.call('world.receipts', { start: index, count: 1 })).toMatchObject({
    total: index + 1,
    rows: [
      {
        index,
        to: '/counter',
        method: 'keep',
        summary: 'small: 5',
        outcome: 'ok',
        stateChanged: true,
        depth: 0,
      },
    ],
  });
  expect(await window.call('world.receipt', { index })).toMatchObject({
    args: [{ name: 'small', type: 'u32', value: 5 }],
    codeName: counterPath,
    gasLimit: 5000,
    outcome: { kind: 'ok', reply: { value: 5 } },
    logs: ['last'],
  });
  const imports = await window.call('world.imports', { index, start: 0, count: 100 });
  expect(imports).toMatchObject({
    total: 2,
    rows: [
      {
        set: 'kernel',
        name: 'state_set',
        args: [
          { name: 'key', value: 'last', read: { pointer: 0, data: { length: 4 } } },
          { name: 'value', value: 5, read: { pointer: 16 } },
        ],
      },
      { name: 'log', args: [{ value: 'last' }] },
    ],
  });
  expect(await window.call('world.imports', { index, start: 1, count: 1 })).toMatchObject({
    start: 1,
    total: 2,
    rows: [{ name: 'log' }],
  });
  expect(await window.call('world.environment', { index })).toMatchObject({
    gasLimit: 5000,
    time: index,
    writes: 1,
    logs: ['last'],
  });
  expect(await window.call('world.changes', { index, start: 0, count: 10 })).toMatchObject({
    total: 1,
    rows: [{ key: 'last', before: null, after: { value: 5 } }],
  });
  const level = { kernel: '/counter', prefix: new Uint8Array(), after: null, count: 10 };
  expect(await window.call('world.state', { ...level, at: null })).toMatchObject({
    rows: [{ name: 'last', level: false, entry: { value: 5 } }],
    more: false,
  });
  expect(await window.call('world.state', { ...level, at: index })).toMatchObject({ rows: [] });
});

test('a trap is told with its function; what had been written is gone', async () => {
  const { window } = await serveFolder(counterWorkspace());
  await window.until(isReady);
  const index = await send(window, {
    to: '/counter',
    method: 'fall',
    args: [],
    gas: null,
  });
  expect(await window.call('world.receipt', { index })).toMatchObject({
    outcome: { kind: 'trap', reason: 'unreachable', stack: [{ functionName: 'fall' }] },
  });
  expect(await window.call('world.changes', { index, start: 0, count: 1 })).toMatchObject({ total: 0 });
  expect(await window.call('world.environment', { index })).toMatchObject({ writes: 1 });
});

test('a loop without end gets its receipt, and the window is answered meanwhile', async () => {
  const { window } = await serveFolder(counterWorkspace());
  await window.until(isReady);
  const signals = Array.from({ length: 20 }, () =>
    window.call('world.signal', { to: '/counter', method: 'spin', args: [], gas: 10_000_000 }),
  );
  const [first] = await Promise.all(signals);
  expect(await window.call('world.kernels', { parent: '/', at: null, start: 0, count: 1 })).toMatchObject({
    total: 1,
  });
  const stopped = await window.call('world.stop', {});
  expect(stopped.state).toBe('stopped');
  expect(await window.call('world.status', {})).toMatchObject({
    length: stopped.length,
    pending: stopped.pending,
  });
  await window.call('world.continue', {});
  await window.until(isReady);
  const { receipt } = await window.call('world.delivered', first ?? { id: 0, after: 0 });
  expect(await window.call('world.receipt', { index: receipt ?? 0 })).toMatchObject({
    outcome: { kind: 'trap', reason: 'out of gas' },
  });
});

test('a world that hangs is told of, and can be restarted; what hung it waits until it is told to go on', async () => {
  const gas = Number.MAX_SAFE_INTEGER;
  const { window } = await serveFolder(
    counterWorkspace({
      'kernelscope.yaml': `kernelscope: 1\nkernels:\n  /counter: { code: ${counterPath} }\nlimits: { gas: ${gas} }\n`,
    }),
  );
  const { length } = await window.until(isReady);
  // Nobody asks for anything meanwhile.
  const hung = new Promise<WorldStatus>((resolve) => {
    window.client.on('world.changed', (status) => {
      if (status.state === 'unresponsive') resolve(status);
    });
  });
  await window.call('world.signal', { to: '/counter', method: 'spin', args: [], gas: null });
  expect((await hung).fault).toMatchObject({ code: 'unresponsive' });
  expect(await window.call('files.read', { path: counterPath })).toMatchObject({ text: counterText });
  expect(await window.call('world.restart', {})).toMatchObject({ state: 'stopped', length });
  await window.call('world.continue', {});
  expect(await window.until(isReady)).toMatchObject({ length, pending: 0 });
}, 60_000);

test('a world whose folder is removed stops and takes no more signals', async () => {
  const folder = counterWorkspace();
  const { window } = await serveFolder(folder);
  await window.until(isReady);
  rmSync(join(folder, '.kernelscope/world'), { recursive: true });
  const signal = { to: '/counter', method: 'keep', args: [1], gas: null };
  await window.call('world.signal', signal);
  const stopped = await window.until(({ state }) => state === 'stopped');
  expect(stopped.fault).toMatchObject({ code: 'storage-removed' });
  expect(await window.fault('world.signal', signal)).toMatchObject({ code: 'storage-removed' });
});

test('drafts and the window’s layout are kept for the next window', async () => {
  const { window, url } = await serveFolder(counterWorkspace());
  expect(await window.call('window.read', {})).toStrictEqual({ state: null });
  await window.call('window.write', { state: '{"dark":true}' });
  await window.call('drafts.keep', { path: counterPath, text: 'half', version: 'v1' });
  window.close();

  const next = await openWindow(url);
  expect(await next.call('window.read', {})).toStrictEqual({ state: '{"dark":true}' });
  expect(await next.call('drafts.list', {})).toStrictEqual({
    drafts: [{ path: counterPath, text: 'half', version: 'v1' }],
  });
  await next.call('drafts.keep', { path: counterPath, text: null, version: null });
  expect(await next.call('drafts.list', {})).toStrictEqual({ drafts: [] });
});

test('changes by other programs are told, those inside .kernelscope are not', async () => {
  const folder = counterWorkspace();
  const { window } = await serveFolder(folder);
  await window.until(isReady);
  const changed = new Promise<readonly string[]>((resolve) => {
    window.client.on('workspace.changed', ({ paths }) => resolve(paths));
  });
  await window.call('window.write', { state: 'x' });
  writeFileSync(join(folder, 'contracts/other.wat'), '(module)');
  expect(await changed).toStrictEqual(['contracts/other.wat']);
});

test('a second instance is told who has the workspace, and where', async () => {
  const folder = counterWorkspace();
  const { url } = await serveFolder(folder);
  expect(await serveWorkspace(folder, { port: 0 })).toMatchObject({
    ok: false,
    error: {
      code: 'already-open',
      message: `this workspace is open already, in process ${process.pid} at ${url}`,
    },
  });
});

test('the world’s thread may be ended at any moment; it goes on from its last commit', async () => {
  const { window } = await serveFolder(counterWorkspace());
  const before = await window.until(isReady);
  const restarted = await window.call('world.restart', {});
  expect(restarted).toMatchObject({ length: before.length, root: before.root, state: 'ready', fault: null });
  expect(await window.call('world.kernels', { parent: '/', at: null, start: 0, count: 10 })).toMatchObject({
    total: 1,
  });
});

test('killed at once, the host loses nothing that was committed, and says what it found', async () => {
  const folder = counterWorkspace();
  const first = await spawnHost(folder);
  const window = await openWindow(first.url);
  await window.until(isReady);
  for (let count = 0; count < 20; count++) {
    await window.call('world.signal', { to: '/counter', method: 'keep', args: [1], gas: null });
  }
  const shown = await window.until(({ length, pending }) => length === 22 && pending === 0);
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  expect(existsSync(join(folder, '.kernelscope/lock'))).toBe(true);

  const second = await spawnHost(folder);
  const next = await openWindow(second.url);
  expect(await next.until(isReady)).toMatchObject({ length: shown.length, root: shown.root });
  expect((await next.call('workspace.describe', {})).recovered).toContain('22 messages');
  second.process.kill('SIGTERM');
  const [code] = (await once(second.process, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(existsSync(join(folder, '.kernelscope/lock'))).toBe(false);
});

test.runIf(canBeUnprivileged)(
  'a folder that can’t be written is opened for reading, with a world in memory',
  async () => {
    const folder = counterWorkspace();
    chmodSync(folder, 0o555);
    onTestFinished(() => chmodSync(folder, 0o700));
    const host = await spawnHost(folder, unprivileged);
    const window = await openWindow(host.url);
    await window.until(isReady);
    const described = await window.call('workspace.describe', {});
    expect(described.writable).toBe(false);
    expect(described.recovered).toContain('kept in memory');
    expect(await window.call('world.kernels', { parent: '/', at: null, start: 0, count: 10 })).toMatchObject({
      total: 1,
    });
    expect(await window.fault('files.create', { path: 'new.ts', kind: 'file' })).toMatchObject({
      code: 'not-allowed',
      remedy: expect.stringContaining('permissions'),
    });
    expect(existsSync(join(folder, '.kernelscope'))).toBe(false);
  },
);

test('a file where the program keeps its own is named', async () => {
  expect(await serveWorkspace(counterWorkspace({ '.kernelscope': '' }), { port: 0 })).toMatchObject({
    ok: false,
    error: { code: 'not-writable', message: expect.stringContaining('.kernelscope') },
  });
});

test('mistakes in kernelscope.yaml are named with their place; mended, a restart makes the world', async () => {
  const folder = counterWorkspace();
  writeFileSync(
    join(folder, 'kernelscope.yaml'),
    'kernelscope: 1\nkernels:\n  /counter: { cod: contracts/counter.wat }\n',
  );
  const { window } = await serveFolder(folder);
  const stopped = await window.until(({ state }) => state === 'stopped');
  expect(stopped.fault).toMatchObject({
    code: 'unknown-key',
    position: { file: 'kernelscope.yaml', line: 3, column: 15 },
  });
  expect(await window.fault('world.kernels', { parent: '/', at: null, start: 0, count: 1 })).toMatchObject({
    code: 'unknown-key',
  });
  writeFileSync(
    join(folder, 'kernelscope.yaml'),
    'kernelscope: 1\nkernels:\n  /counter: { code: contracts/counter.wat }\n',
  );
  expect(await window.call('world.restart', {})).toMatchObject({ state: 'ready', length: 2 });
});
