import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assemblyScript } from '../../../build/assemblyscript';
import { quickJs } from '../../../build/quickjs';
import { createWasmContainer } from '../../../core/container/wasm/wasm-container';
import { hashToText } from '../../../core/base/hash';
import { finish } from '../../../core/base/steps';
import { type Branch, openBranch } from '../../../core/history/branch';
import { checkStore } from '../../../core/history/check';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';
import { partsOn } from '../../fixtures/branch';
import { notes } from '../../fixtures/contracts';

/** More of them are had by `KILLS=5000 npx vitest run test/core/history/world-kill.test.ts`. */
const kills = Number(process.env['KILLS'] ?? 200);
const killsOfOneWorld = 10;
/** At the same time, for most of it is waiting for a process to start. */
const lanes = 4;

const containers = [createWasmContainer()];
const here = import.meta.dirname;
let out = '';
beforeAll(async () => {
  // Where the packages that it imports are found.
  out = mkdtempSync(join(here, '../../../node_modules/.living-world-'));
  writeFileSync(join(out, 'notes.wasm'), notes);
  await build({
    configFile: false,
    // One file starts sooner; native code stays what it is.
    ssr: { noExternal: true, external: ['lmdb'] },
    plugins: [assemblyScript(), quickJs()],
    logLevel: 'error',
    build: {
      ssr: join(here, 'living-world.ts'),
      outDir: out,
      emptyOutDir: false,
      target: 'node20',
      minify: true,
    },
  });
});
afterAll(() => rmSync(out, { recursive: true }));

const start = (folder: string, seed: number): ChildProcess =>
  spawn(process.execPath, [join(out, 'living-world.js'), folder, join(out, 'notes.wasm'), String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** Kills the world in the middle of whatever it does after it told of `count` commits; answers the last it told of. */
function killAfter(count: number, folder: string, seed: number): Promise<string> {
  const child = start(folder, seed);
  let told = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (told.split('\n').length > count) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.on('close', () => resolve(told.slice(0, told.lastIndexOf('\n')).split('\n').at(-1) ?? ''));
  });
}

/** One world after the other, each killed several times and then looked through. */
async function killWorlds(lane: number): Promise<void> {
  for (let kill = 0; kill < kills / lanes;) {
    const folder = mkdtempSync(join(tmpdir(), 'living-world-'));
    for (let time = 0; time < killsOfOneWorld; time++, kill++) {
      const last = await killAfter((kill * 7) % 13, folder, kill * lanes + lane + 1);
      const opened = openLmdbStorage(folder);
      if (!opened.ok) throw new Error(opened.error.message);
      const branch = openBranch(partsOn(opened.value, containers), 'main');
      if (last !== '') {
        const [length = '', root] = last.split(' ');
        expect(branch?.length).toBeGreaterThanOrEqual(Number(length));
        expect(branch && rootAt(branch, Number(length))).toBe(root);
      }
      if (time === killsOfOneWorld - 1) {
        const { branches } = finish(checkStore(opened.value));
        expect(branches.map(({ name }) => name)).toContain('main');
        expect(branches.flatMap(({ damages }) => damages)).toEqual([]);
      }
      branch?.dispose();
      opened.value.close();
    }
    rmSync(folder, { recursive: true });
  }
}

const rootAt = (branch: Branch, length: number): string =>
  hashToText(
    branch
      .world(length)
      .tree()
      .hash(() => undefined),
  );

it('keeps all it told of when it is killed at any moment, and goes on from there', async () => {
  await Promise.all(Array.from({ length: lanes }, (_, lane) => killWorlds(lane)));
}, 3_600_000);
