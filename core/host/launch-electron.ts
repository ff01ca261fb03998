/** Starts the desktop shell, when its program is here or can be had. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import type { BuiltFiles } from './built-files';

/** The line that the shell writes once its window is there. */
export const electronReady = 'kernelscope: the window is open';

export interface LaunchedElectron {
  /** The exit code. */
  readonly ended: Promise<number>;
  close(): void;
}

/** A fault says in one line why there is no shell. It is told within seconds, also where nothing answers. */
export async function launchElectron(
  folder: string,
  built: BuiltFiles,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Result<LaunchedElectron, Fault<'no-electron'>>> {
  const noElectron = (words: string) => err(fault('no-electron', words));
  const noDisplay = environment['DISPLAY'] === undefined && environment['WAYLAND_DISPLAY'] === undefined;
  if (process.platform === 'linux' && noDisplay) return noElectron('there is no display');
  const binary = findBinary(environment) ?? (await download(environment));
  if (binary === null) return noElectron('Electron is not installed and could not be downloaded');
  const child = spawn(binary, [built.electronMain, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment,
  });
  const failure = await whenOpen(child);
  if (failure !== null) return noElectron(failure);
  return ok({
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1))),
    close: () => child.kill('SIGTERM'),
  });
}

/** Milliseconds for the window to open, for a server to answer, and for the download to end. */
const openPatience = 20_000;
const probePatience = 1500;
const downloadPatience = 180_000;

/** Found by its files: the package's own look-up begins a download when they aren't there. */
function findBinary(environment: NodeJS.ProcessEnv): string | null {
  const folder = packageFolder();
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const named = folder === null ? null : readText(join(folder, 'path.txt'));
  const distFolder = override ?? (folder === null ? null : join(folder, 'dist'));
  if (distFolder === null) return null;
  const binary = join(distFolder, named ?? defaultNames[process.platform] ?? 'electron');
  return existsSync(binary) ? binary : null;
}

const defaultNames: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

function packageFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

const readText = (path: string): string | null =>
  existsSync(path) ? readFileSync(path, 'utf8').trim() : null;

/** By the package's own installer, and only when the server that has it answers at once. */
async function download(environment: NodeJS.ProcessEnv): Promise<string | null> {
  const folder = packageFolder();
  if (folder === null || environment['ELECTRON_SKIP_BINARY_DOWNLOAD'] !== undefined) return null;
  const mirror = environment['ELECTRON_MIRROR'] ?? environment['npm_config_electron_mirror'];
  if (!(await answers(mirror ?? 'https://github.com/'))) return null;
  process.stderr.write('Downloading Electron, once…\n');
  const installer = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    timeout: downloadPatience,
    env: environment,
  });
  await new Promise((resolve) => installer.once('close', resolve).once('error', resolve));
  return findBinary(environment);
}

function answers(address: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(address);
  const defaultPort = protocol === 'http:' ? 80 : 443;
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: port === '' ? defaultPort : Number(port) });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(probePatience, () => settle(false));
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
    // A name that isn't answered for has no socket yet whose silence could be noticed.
    setTimeout(() => settle(false), probePatience).unref();
  });
}

/** `null` once the window is open; else why it isn't, in words. */
function whenOpen(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    const alarm = setTimeout(() => {
      child.kill('SIGKILL');
      resolve('Electron did not open its window');
    }, openPatience);
    const settle = (answer: string | null) => {
      clearTimeout(alarm);
      resolve(answer);
    };
    child.once('error', (error) => settle(`Electron can't be started: ${error.message}`));
    child.once('exit', (code) => settle(`Electron ended at once, with code ${code ?? 'none'}`));
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      if (printed.length > electronReady.length * 100) return;
      printed += chunk.toString();
      if (printed.includes(electronReady)) settle(null);
    });
  });
}
