/** What runs in one process runs in any other: of one compiler tier, of another, short of memory, with fresh instances. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assemblyScript } from '../../../build/assemblyscript.ts';
import { quickJs } from '../../../build/quickjs.ts';
import { buildContract } from '../../../core/contracts/builder';
import { exposeAll } from '../expose';
import { createModuleGenerator } from '../module-generator';
import { bytesFromSeed } from '../random';
import { compileText } from '../text';
import { floatsText } from './floats';

const project = join(import.meta.dirname, '../../..');
const cache = join(project, 'node_modules/.cache');
const generated = 40;
let folder: string;

beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'processes-'));
  const put = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, `${name}.wasm`), bytes);
  put('floats', compileText(floatsText()));
  const generator = await createModuleGenerator();
  for (let seed = 0; seed < generated; seed++) {
    put(`generated-${seed}`, exposeAll(generator.generate(bytesFromSeed(1000 + seed, 200 + 30 * seed))));
  }
  generator.dispose();
  for (const path of [
    'bank/contracts/bank.ts',
    'bank/contracts/account.ts',
    'bank/contracts/audit.wat',
    'counter/contracts/counter.ts',
  ]) {
    const root = join(project, 'examples', path.replace(/\/contracts.*/, ''));
    const built = await buildContract(path.replace(/^\w+\//, ''), (file) => readOrNull(join(root, file)));
    if (!built.ok) throw new Error(JSON.stringify(built.diagnostics));
    put(`contract-${path.replace(/.*\/|\.\w+$/g, '')}`, built.code);
  }
  await build({
    root: project,
    configFile: false,
    logLevel: 'warn',
    plugins: [assemblyScript(), quickJs()],
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'runs.ts'),
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'runs.mjs' } },
    },
  });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a process prints that was started so; its words when it fails. */
async function linesOf(flags: readonly string[], manner: 'pooled' | 'fresh'): Promise<readonly string[]> {
  const args = ['--stack-size=4000', ...flags, join(folder, 'runs.mjs'), folder, manner];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, words] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(words).toBe('');
  return out.trimEnd().split('\n');
}

let usual: readonly string[] = [];

test('one process runs it all', async () => {
  usual = await linesOf([], 'pooled');
  expect(usual.length).toBeGreaterThan(1000);
  expect(
    usual.filter((line) => line.startsWith('message') && line.includes(' ok gas ')).length,
  ).toBeGreaterThan(300);
}, 120_000);

test('both containers give every NaN the same bits', () => {
  const floats = usual.filter((line) => line.startsWith('floats'));
  // Each prints a line of its own for each function.
  expect(floats.length).toBe(2 * new Set(floats).size);
});

test.each([
  ['of the first compiler alone', ['--liftoff-only'], 'pooled'],
  ['of the optimising compiler alone', ['--no-liftoff', '--no-wasm-tier-up'], 'pooled'],
  [
    'with little memory, collected all the time, with fresh instances',
    ['--max-old-space-size=64', '--expose-gc'],
    'fresh',
  ],
] as const)(
  'a process %s prints the same',
  async (_, flags, manner) => {
    expect(await linesOf(flags, manner)).toEqual(usual);
  },
  120_000,
);

function readOrNull(path: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    return null;
  }
}
