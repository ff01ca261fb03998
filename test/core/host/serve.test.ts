/** The whole host with its workers as they were built, and windows that talk to it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { findBuiltFiles } from '../../../core/host/built-files';
import { type ServedWorkspace, serveWorkspace } from '../../../core/host/serve';
import { temporaryFolder } from './temporary';
import { type TestWindow, openWindow } from './window';

const { root, examples } = findBuiltFiles();

function copyOf(example: string): string {
  const folder = temporaryFolder();
  cpSync(join(examples, example), folder, { recursive: true });
  return folder;
}

async function serveFolder(folder: string): Promise<ServedWorkspace & { readonly window: TestWindow }> {
  const served = await serveWorkspace(folder, { port: 0 });
  if (!served.ok) throw new Error(served.error.message);
  onTestFinished(() => served.value.close());
  return { ...served.value, window: await openWindow(served.value.url) };
}

/** A host in a process of its own, which can be killed. */
async function spawnHost(folder: string): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', folder, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { process: child, url: line };
}

const isReady = ({ state }: { readonly state: string }) => state === 'ready';

test('opens a workspace: its world is made from kernelscope.yaml, its contracts are built and bound', async () => {
  const { window } = await serveFolder(copyOf('counter'));
  await window.until(isReady);
  const { rows } = await window.call('world.kernels', { parent: '/', at: null, start: 0, count: 10 });
  expect(rows).toMatchObject([{ address: '/counter', codeName: 'contracts/counter.ts', childCount: 0 }]);
  const { kernel, interface: contract } = await window.call('world.kernel', {
    address: '/counter',
    at: null,
  });
  expect(kernel.code).toMatch(/^bafkrei/);
  expect(contract?.methods.map(({ name }) => name)).toContain('increment');
  const receipts = await window.call('world.receipts', { start: 0, count: 100 });
  expect(receipts.rows.map(({ to, method, outcome }) => ({ to, method, outcome }))).toStrictEqual([
    { to: '/', method: 'kernel:install', outcome: 'ok' },
    { to: '/counter', method: 'kernel:create', outcome: 'ok' },
  ]);
});

test('a contract that does not compile is no reason not to open: its kernel is made when it does', async () => {
  const folder = copyOf('counter');
  const good = await import('node:fs/promises').then(({ readFile }) =>
    readFile(join(folder, 'contracts/counter.ts'), 'utf8'),
  );
  writeFileSync(
    join(folder, 'contracts/counter.ts'),
    'export function increment(by: u64): u64 { return bye; }\n',
  );
  const { window } = await serveFolder(folder);
  await window.until(isReady);
  expect(await window.call('world.kernels', { parent: '/', at: null, start: 0, count: 10 })).toMatchObject({
    total: 0,
  });
  expect(await window.call('contracts.bind', { path: 'contracts/counter.ts' })).toMatchObject({
    built: false,
    diagnostics: [{ file: 'contracts/counter.ts', line: 1, column: 50, length: 3, severity: 'error' }],
  });

  await window.call('files.write', { path: 'contracts/counter.ts', text: good, version: null });
  expect(await window.call('contracts.bind', { path: 'contracts/counter.ts' })).toMatchObject({
    built: true,
    bound: ['/counter'],
    boundTotal: 1,
    unchanged: false,
  });
  expect(await window.call('contracts.bind', { path: 'contracts/counter.ts' })).toMatchObject({
    unchanged: true,
    boundTotal: 0,
  });
});

test('unsaved text is checked without being bound', async () => {
  const { window } = await serveFolder(copyOf('counter'));
  const path = 'contracts/counter.ts';
  const wrong = await window.call('contracts.check', {
    path,
    text: 'export function a(): u64 { return b; }',
  });
  expect(wrong).toMatchObject({
    interface: null,
    diagnostics: [{ file: path, line: 1, column: 35, severity: 'error' }],
  });
  const right = await window.call('contracts.check', {
    path,
    text: 'export function a(): u64 { return 1; }',
  });
  expect(right).toMatchObject({
    diagnostics: [],
    interface: { methods: [{ name: 'a', params: [], result: 'u64' }] },
  });
});

test('signals that can’t run are refused with what to do, and change nothing', async () => {
  const { window } = await serveFolder(copyOf('counter'));
  const { length } = await window.until(isReady);
  const signal = { to: '/counter', method: 'increment', args: { by: 1 }, gas: null };
  expect(await window.fault('world.signal', { ...signal, to: '/nobody' })).toMatchObject({
    code: 'no-kernel',
  });
  expect(await window.fault('world.signal', { ...signal, to: 'counter' })).toMatchObject({
    code: 'bad-address',
  });
  expect(await window.fault('world.signal', { ...signal, to: '/' })).toMatchObject({ code: 'no-code' });
  expect(await window.fault('world.signal', { ...signal, method: 'fly' })).toMatchObject({
    code: 'no-method',
  });
  expect(await window.fault('world.signal', { ...signal, args: { bye: 1 } })).toMatchObject({
    code: 'unknown-argument',
    remedy: 'did you mean `by`?',
  });
  expect(await window.fault('world.signal', { ...signal, args: {} })).toMatchObject({
    code: 'missing-argument',
  });
  expect(await window.fault('world.signal', { ...signal, args: { by: 'much' } })).toMatchObject({
    code: 'wrong-arguments',
  });
  expect(await window.fault('world.signal', { ...signal, args: [Number.NaN] })).toMatchObject({
    code: 'not-a-value',
  });
  expect(await window.call('world.status', {})).toMatchObject({ length, pending: 0 });
});

test('drafts and the window’s layout are kept for the next window', async () => {
  const { window, url } = await serveFolder(copyOf('counter'));
  expect(await window.call('window.read', {})).toStrictEqual({ state: null });
  await window.call('window.write', { state: '{"dark":true}' });
  await window.call('drafts.keep', { path: 'contracts/counter.ts', text: 'half', version: 'v1' });
  window.close();

  const next = await openWindow(url);
  expect(await next.call('window.read', {})).toStrictEqual({ state: '{"dark":true}' });
  expect(await next.call('drafts.list', {})).toStrictEqual({
    drafts: [{ path: 'contracts/counter.ts', text: 'half', version: 'v1' }],
  });
  await next.call('drafts.keep', { path: 'contracts/counter.ts', text: null, version: null });
  expect(await next.call('drafts.list', {})).toStrictEqual({ drafts: [] });
});

test('changes by other programs are told, those inside .kernelscope are not', async () => {
  const folder = copyOf('counter');
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
  const folder = copyOf('counter');
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
  const { window } = await serveFolder(copyOf('counter'));
  const before = await window.until(isReady);
  const restarted = await window.call('world.restart', {});
  expect(restarted).toMatchObject({ length: before.length, root: before.root, state: 'ready', fault: null });
  expect(await window.call('world.kernels', { parent: '/', at: null, start: 0, count: 10 })).toMatchObject({
    total: 1,
  });
});

test('killed at once, the host loses nothing that was committed, and says what it found', async () => {
  const folder = copyOf('counter');
  const first = await spawnHost(folder);
  const window = await openWindow(first.url);
  await window.until(isReady);
  for (let count = 0; count < 20; count++) {
    await window.call('world.signal', { to: '/counter', method: 'increment', args: [1], gas: null });
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

test.skipIf(process.getuid?.() === 0)(
  'a folder that can’t be written is opened for reading, with a world in memory',
  async () => {
    const folder = copyOf('counter');
    chmodSync(folder, 0o500);
    onTestFinished(() => chmodSync(folder, 0o700));
    const { window } = await serveFolder(folder);
    await window.until(isReady);
    expect(await window.call('workspace.describe', {})).toMatchObject({ writable: false });
    expect(await window.call('world.kernels', { parent: '/', at: null, start: 0, count: 10 })).toMatchObject({
      total: 1,
    });
    expect(await window.fault('files.create', { path: 'new.ts', kind: 'file' })).toMatchObject({
      code: 'not-allowed',
    });
    expect(existsSync(join(folder, '.kernelscope'))).toBe(false);
  },
);

test('mistakes in kernelscope.yaml are named with their place; mended, a restart makes the world', async () => {
  const folder = copyOf('counter');
  rmSync(join(folder, 'kernelscope.yaml'));
  writeFileSync(
    join(folder, 'kernelscope.yaml'),
    'kernelscope: 1\nkernels:\n  /counter: { cod: contracts/counter.ts }\n',
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
    'kernelscope: 1\nkernels:\n  /counter: { code: contracts/counter.ts }\n',
  );
  expect(await window.call('world.restart', {})).toMatchObject({ state: 'ready', length: 2 });
});
