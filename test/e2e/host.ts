/** The built program, run as a person runs it. Tests and benchmark run in the project's folder. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const program = resolve('out/main/cli.js');

export interface RunningHost {
  /** With its token. */
  readonly url: string;
  /** What it has said on both outputs so far. */
  said(): string;
  /** Ends it as a crash would, at once. */
  kill(): Promise<void>;
}

/** A workspace from a template, in a folder of its own. */
export function createWorkspace(template: string): { readonly folder: string; remove(): void } {
  const above = mkdtempSync(join(tmpdir(), 'kernelscope-'));
  const folder = join(above, template);
  execFileSync(process.execPath, [program, 'new', folder, '--template', template]);
  return { folder, remove: () => rmSync(above, { recursive: true, force: true, maxRetries: 5 }) };
}

/** `kernelscope serve`. Rejects with what it said when it ends before it is ready. */
export async function startHost(folder: string, ...options: readonly string[]): Promise<RunningHost> {
  const child = spawn(process.execPath, [program, 'serve', folder, '--no-open', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  child.stdout.on('data', (part: Buffer) => (words += part.toString()));
  child.stderr.on('data', (part: Buffer) => (words += part.toString()));
  const firstLine = new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  const url = await Promise.race([firstLine, ended(child).then(() => null)]);
  if (url === null) throw new Error(`the host ended before it was ready:\n${words}`);
  return {
    url,
    said: () => words,
    async kill() {
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
