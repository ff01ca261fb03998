import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assemblyScript } from '../../../build/assemblyscript';
import { quickJs } from '../../../build/quickjs';
import { createWasmContainer } from '../../../core/container/wasm/wasm-container';
import { hashToText } from '../../../core/base/hash';
import { finish } from '../../../core/base/steps';
import type { Storage } from '../../../core/base/storage';
import { encodeValue } from '../../../core/base/value';
import type { Address } from '../../../core/environment/address';
import { type Branch, openBranch } from '../../../core/history/branch';
import { checkStore } from '../../../core/history/check';
import { dataFile } from '../../../core/store/format';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';
import { partsOn } from '../../fixtures/branch';
import { notes } from '../../fixtures/contracts';

/**
 * Processes that are killed. More of them are had by `KILLS=500 npx vitest run test/core/history/world-kill.test.ts`.
 *
 * What a kill leaves behind is what the world's file holds at that moment. So before a process is killed it is stopped
 * many times, wherever it is, and the file copied: each copy is what a kill there would have left, and has to go on, too.
 * A process that starts anew for each moment takes twenty times as long, and its moments are no others.
 */
const kills = Number(process.env['KILLS'] ?? 20);
const momentsBeforeKill = 10;
const killsOfOneWorld = 5;
/** At the same time: one world runs on while what is left of another is looked at. */
const lanes = 2;

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

/** A world in a process of its own. */
interface Living {
  /** The last commit that it told of; empty when there is none. */
  told(): string;
  /** Resolves when it told of so many commits more, and at its end. */
  tells(commits: number): Promise<void>;
  signal(name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void;
  /** The signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>;
}

function start(folder: string, seed: number): Living {
  const args = [join(out, 'living-world.js'), folder, join(out, 'notes.wasm'), String(seed)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close').then(() => child.signalCode);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return {
    told: () => lines.at(-1) ?? '',
    async tells(commits) {
      const until = lines.length + commits;
      while (lines.length < until && child.exitCode === null) {
        await Promise.race([once(reader, 'line'), ended]);
      }
    },
    signal: (name) => void child.kill(name),
    ended,
  };
}

/** One world after the other, each killed several times. */
async function killWorlds(lane: number): Promise<void> {
  for (let kill = lane; kill < kills;) {
    const folder = mkdtempSync(join(tmpdir(), 'living-world-'));
    for (let time = 0; time < killsOfOneWorld; time++, kill += lanes) {
      const world = start(folder, kill + 1);
      await world.tells(1 + ((kill * 7) % 5));
      for (let moment = 0; moment < momentsBeforeKill; moment++) await lookAtMoment(world, folder, moment);
      await world.tells(1);
      world.signal('SIGKILL');
      expect(await world.ended).toBe('SIGKILL');
      lookAt(folder, world.told(), checkBlocks);
    }
    rmSync(folder, { recursive: true });
  }
}

/**
 * Looks at what would be left if it were killed a little after the next commit: in the middle of whatever it does then.
 * It stands still while it is looked at, so that worlds stay small.
 */
async function lookAtMoment(world: Living, folder: string, moment: number): Promise<void> {
  await world.tells(1);
  for (let turns = moment * 5; turns > 0; turns--) await turn();
  world.signal('SIGSTOP');
  // What it told of last is read in the next turn.
  await turn();
  await turn();
  const copy = mkdtempSync(join(tmpdir(), 'living-world-copy-'));
  writeFileSync(join(copy, dataFile), stillBytes(join(folder, dataFile)));
  lookAt(copy, world.told(), goOn);
  rmSync(copy, { recursive: true });
  world.signal('SIGCONT');
}

/** What a file holds at one moment, though it may be written to until the signal to stop arrives. */
function stillBytes(file: string): Uint8Array {
  for (let before = readFileSync(file); ;) {
    const bytes = readFileSync(file);
    if (before.equals(bytes)) return bytes;
    before = bytes;
  }
}

/** All that it told of is there. */
function lookAt(folder: string, told: string, andThen: (branch: Branch, storage: Storage) => void): void {
  const opened = openLmdbStorage(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  const branch = openBranch(partsOn(opened.value, containers), 'main');
  if (branch === undefined) throw new Error('it told of a commit');
  const [length = '', root] = told.split(' ');
  expect(branch.length).toBeGreaterThanOrEqual(Number(length));
  expect(rootAt(branch, Number(length))).toBe(root);
  andThen(branch, opened.value);
  branch.dispose();
  opened.value.close();
}

/** No block is missing or damaged. */
function checkBlocks(_branch: Branch, storage: Storage): void {
  const { branches } = finish(checkStore(storage));
  expect(branches.map(({ name }) => name)).toContain('main');
  expect(branches.flatMap(({ damages }) => damages)).toEqual([]);
}

/** It takes a message, and has it when it is opened again. */
function goOn(branch: Branch, storage: Storage): void {
  branch.signal({
    to: '/a' as Address,
    method: 'put',
    args: encodeValue([1, 2]),
    replyTo: null,
    gas: null,
  });
  while (branch.run(10) > 0);
  const again = openBranch(partsOn(storage, containers), 'main');
  expect(again?.length).toBe(branch.length);
  expect(again?.root()).toEqual(branch.root());
  again?.dispose();
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
