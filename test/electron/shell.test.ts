/** The built shell, run against a stand-in for the module `electron`; against the real one where that is installed. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findBuiltFiles } from '../../core/host/built-files';
import { systemClock } from '../../core/host/clock';
import { launchElectron } from '../../core/host/launch-electron';
import { studioProtocol } from '../../core/studio/protocol/studio';
import { createClient } from '../../core/studio/rpc/client';
import { createInbox } from '../../core/studio/rpc/inbox';
import { temporaryFolder } from '../core/host/temporary';

const built = findBuiltFiles();

interface Shell {
  ask(ask: string, value?: unknown): Promise<unknown>;
  readonly process: ChildProcess;
  readonly messages: readonly Record<string, unknown>[];
  onRpc(listener: (data: unknown) => void): void;
}

function startShell(folder: string): Shell {
  const child = fork(built.electronMain, [folder], {
    execArgv: ['--import', join(import.meta.dirname, 'with-stand-in.mjs')],
    serialization: 'advanced',
    silent: true,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const inbox = createInbox();
  const messages: Record<string, unknown>[] = [];
  const waiting = new Map<number, (value: unknown) => void>();
  child.on('message', (message: Record<string, unknown>) => {
    messages.push(message);
    if (message['kind'] === 'rpc') inbox.deliver(message['data']);
    if (message['kind'] === 'answer') waiting.get(Number(message['id']))?.(message['value']);
  });
  let asked = 0;
  return {
    process: child,
    messages,
    onRpc: inbox.onMessage,
    ask(ask, value) {
      const id = asked++;
      child.send({ id, ask, value });
      return new Promise((resolve) => waiting.set(id, resolve));
    },
  };
}

function counterWorkspace(): string {
  const folder = temporaryFolder();
  cpSync(join(built.examples, 'counter'), folder, { recursive: true });
  return folder;
}

const untilOpen = ({ process: child }: Shell): Promise<void> =>
  new Promise((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('the window is open')) resolve();
    });
  });

const connect = (shell: Shell) =>
  createClient(
    studioProtocol,
    {
      post: (data) => void shell.ask('rpc', data),
      onMessage: shell.onRpc,
      onClose: () => undefined,
      close: () => undefined,
    },
    systemClock,
  );

test('the window is in a sandbox, and its page speaks to the host by the port that the preload script hands it', async () => {
  const folder = counterWorkspace();
  const shell = startShell(folder);
  await untilOpen(shell);
  expect(await shell.ask('record')).toMatchObject({
    sandboxed: true,
    schemes: [{ scheme: 'kernelscope' }],
    window: {
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        preload: built.preload,
      },
    },
    posted: [{ message: { type: 'kernelscope:port' }, ports: 1 }],
  });
  const client = connect(shell);
  expect(await client.call('workspace.describe', {})).toMatchObject({
    ok: true,
    value: { folder, host: 'electron' },
  });
  expect(await client.call('files.read', { path: '../secret' })).toMatchObject({
    error: { code: 'outside-workspace' },
  });
});

test('pages come from the built window alone, under its policy', async () => {
  const shell = startShell(counterWorkspace());
  await untilOpen(shell);
  expect(await shell.ask('page', 'kernelscope://window/')).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    },
  });
  for (const url of [
    'kernelscope://window/../main/electron.js',
    'kernelscope://window/%2e%2e%2fmain%2felectron.js',
    'kernelscope://other/index.html',
  ])
    expect(await shell.ask('page', url)).toMatchObject({ status: 404 });
});

test('navigation, new windows and permissions are denied, but for copying', async () => {
  const shell = startShell(counterWorkspace());
  await untilOpen(shell);
  for (const event of ['will-navigate', 'will-redirect', 'will-attach-webview'])
    expect(await shell.ask('navigate', event)).toBe(true);
  expect(await shell.ask('open', 'https://example.com')).toStrictEqual({ action: 'deny' });
  for (const name of ['media', 'geolocation', 'notifications', 'clipboard-read'])
    expect(await shell.ask('permission', name)).toStrictEqual({ asked: false, checked: false });
  expect(await shell.ask('permission', 'clipboard-sanitized-write')).toStrictEqual({
    asked: true,
    checked: true,
  });
});

test('commands of the menu arrive in the window; a reloaded page gets a port of its own', async () => {
  const shell = startShell(counterWorkspace());
  await untilOpen(shell);
  await shell.ask('reload');
  const client = connect(shell);
  const command = new Promise((resolve) => client.on('window.command', resolve));
  await shell.ask('menu', 'Restart from the Last Commit');
  expect(await command).toStrictEqual({ command: 'world.restart' });
  expect(await client.call('workspace.describe', {})).toMatchObject({ ok: true });
  expect(await shell.ask('record')).toMatchObject({ posted: [{ ports: 1 }, { ports: 1 }] });
});

test('asked to end, the shell lets go of the workspace', async () => {
  const folder = counterWorkspace();
  const shell = startShell(folder);
  await untilOpen(shell);
  expect(existsSync(join(folder, '.kernelscope/lock'))).toBe(true);
  shell.process.kill('SIGTERM');
  expect(await once(shell.process, 'exit')).toStrictEqual([0, null]);
  expect(existsSync(join(folder, '.kernelscope/lock'))).toBe(false);
});

test('a folder that is no workspace is told of in words', async () => {
  const shell = startShell(temporaryFolder());
  expect(await once(shell.process, 'exit')).toStrictEqual([1, null]);
  expect(shell.messages).toMatchObject([
    { kind: 'error-box', text: expect.stringContaining('is not a workspace') },
  ]);
});

test('without a display, or without its program, the shell is not there, and that is said at once', async () => {
  const folder = counterWorkspace();
  const nowhere: NodeJS.ProcessEnv = {
    ...process.env,
    ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
    ELECTRON_OVERRIDE_DIST_PATH: temporaryFolder(),
  };
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...headless } = nowhere;
  if (process.platform === 'linux') {
    expect(await launchElectron(folder, built, headless)).toMatchObject({
      error: { message: 'there is no display' },
    });
  }
  expect(await launchElectron(folder, built, { ...nowhere, DISPLAY: ':0' })).toMatchObject({
    error: { code: 'no-electron', message: 'Electron is not installed and could not be downloaded' },
  });
});

const distFolder =
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(built.root, 'node_modules/electron/dist');

test.skipIf(!existsSync(distFolder))('the real shell opens its window', async () => {
  const launched = await launchElectron(counterWorkspace(), built);
  if (!launched.ok) throw new Error(launched.error.message);
  launched.value.close();
  expect(await launched.value.ended).toBe(0);
});
